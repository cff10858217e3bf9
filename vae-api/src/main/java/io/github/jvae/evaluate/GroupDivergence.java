package io.github.jvae.evaluate;

import io.github.jvae.model.LatentGroup;

/**
 * What a latent group adds to the divergence of the posterior from the prior.
 *
 * @param group which
 * @param kl the mean over a data set, in nats per example
 */
public record GroupDivergence(LatentGroup group, double kl) {}
