package io.github.jvae.sampler;

import java.util.Optional;

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
 * @param group the latent group of a hierarchy that it was fitted to; the model draws the others
 *     given that. Empty where it was fitted to all latent variables
 */
public record FittedSampler(
    int fittedTo,
    int heldOut,
    double logLikelihood,
    double standardNormal,
    double farDraws,
    Optional<String> group) {}
