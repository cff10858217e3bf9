package io.github.jvae.evaluate;

/**
 * How near reconstructions through the posterior's mean are to their images; means over the images.
 *
 * @param meanSquaredError of pixel values from 0 to 1; lower is better
 * @param psnr peak signal-to-noise ratio of that error, {@code -10 log10(MSE)}, decibel; higher is
 *     better
 * @param ssim structural similarity (Wang, Bovik, Sheikh and Simoncelli, "Image quality
 *     assessment", 2004), 1 for the same image; not a number for images smaller than its window of
 *     11 x 11
 */
public record ReconstructionQuality(double meanSquaredError, double psnr, double ssim) {}
