package io.github.jvae.evaluate;

import io.github.jvae.tensor.HostTensor;

/**
 * The posteriors of some images.
 *
 * @param mean [B, L]
 * @param logVariance the natural logarithm of the variances, [B, L]
 */
public record Encoding(HostTensor mean, HostTensor logVariance) {}
