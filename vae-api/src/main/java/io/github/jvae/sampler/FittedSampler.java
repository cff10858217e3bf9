package io.github.jvae.sampler;

/**
 * How well a sampler does on latent vectors it was not fitted to.
 *
 * @param fittedTo how many latent vectors it was fitted to
 * @param heldOut how many it was not
 * @param logLikelihood the mean log-likelihood of those, in nats per vector; of a two-stage model a
 *     lower bound
 * @param standardNormal the same under N(0, I)
 */
public record FittedSampler(
    int fittedTo, int heldOut, double logLikelihood, double standardNormal) {}
