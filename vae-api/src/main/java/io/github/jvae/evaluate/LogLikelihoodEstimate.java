package io.github.jvae.evaluate;

/**
 * An estimate of the log-likelihood log p(x) of images; higher is better.
 *
 * @param images how many images
 * @param samples draws for each
 * @param logLikelihood the mean over the images of the estimates, nats per example; its negative is
 *     what is often called NLL
 * @param standardError of that mean, as the images are a sample of all images
 * @param samplingError the part of it that more draws would lessen: that of the draws, by the delta
 *     method; not a number for a single draw
 * @param effectiveSampleSize how many draws that count alike would be as good, the mean over the
 *     images
 */
public record LogLikelihoodEstimate(
    int images,
    int samples,
    double logLikelihood,
    double standardError,
    double samplingError,
    double effectiveSampleSize) {}
