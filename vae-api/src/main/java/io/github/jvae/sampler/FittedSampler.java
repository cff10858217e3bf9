package io.github.jvae.sampler;

/**
 * How well a sampler does on latent vectors it was not fitted to.
 *
 * @param fittedTo how many latent vectors it was fitted to
 * @param heldOut how many it was not
 * @param logLikelihood the mean log-likelihood of those, in nats per vector; of a two-stage model a
 *     lower bound
 * @param standardNormal the same under N(0, I)
 * @param farDraws the share of its draws that lie more than twice as far out, along some dimension,
 *     as any latent vector it was fitted to: what a decoder makes of those means nothing
 */
public record FittedSampler(
    int fittedTo, int heldOut, double logLikelihood, double standardNormal, double farDraws) {}
