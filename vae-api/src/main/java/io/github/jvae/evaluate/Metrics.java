package io.github.jvae.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * How well a model does on a data set; means over its images, in nats per example unless said
 * otherwise.
 *
 * @param images how many images
 * @param elbo the evidence lower bound; higher is better
 * @param elboStandardError the standard error of that mean; not a number for one image
 * @param logLikelihood the expected log-likelihood {@code E_q log p(x|z)}; higher is better
 * @param kl the divergence of the posterior from the prior
 * @param bitsPerDim the bound as bits per pixel value, {@code -elbo / (D ln 2)}; null unless the
 *     likelihood gives a probability (not a density) to these images
 */
public record Metrics(
    int images,
    double elbo,
    double elboStandardError,
    double logLikelihood,
    double kl,
    @Nullable Double bitsPerDim) {}
