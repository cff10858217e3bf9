package io.github.jvae.evaluate;

import io.github.jvae.tensor.HostTensor;

/**
 * How near reconstructions through the posterior's mean are to their images; means over the images.
 *
 * @param meanSquaredError of pixel values from 0 to 1; lower is better
 * @param psnr peak signal-to-noise ratio of that error, {@code -10 log10(MSE)}, decibel; higher is
 *     better
 * @param ssim structural similarity (Wang, Bovik, Sheikh and Simoncelli, "Image quality
 *     assessment", 2004), 1 for the same image; not a number for images smaller than its window of
 *     11 x 11, and for examples that are no images
 */
public record ReconstructionQuality(double meanSquaredError, double psnr, double ssim) {
  /**
   * Returns the mean squared error of images.
   *
   * @param images [batch, channels, height, width]
   * @param reconstructions of the same shape
   */
  public static double meanSquaredError(HostTensor images, HostTensor reconstructions) {
    return meanSquaredError(images.data(), reconstructions.data(), 0, images.data().length);
  }

  /** Returns the mean squared error of so many pixels from a place on. */
  static double meanSquaredError(float[] a, float[] b, int offset, int size) {
    double sum = 0;
    for (int i = offset; i < offset + size; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum / size;
  }
}
