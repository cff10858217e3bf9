package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.Optional;

/**
 * What a model tells of the posteriors of a batch.
 *
 * @param mean the latent vectors that stand for the posteriors, [B, L]
 * @param logVariance the natural logarithms of the variances, [B, L], where the latent dimensions
 *     are independent and have one
 * @param divergence what each dimension adds to the divergence from the prior, in nats, [B, L],
 *     where it is such a sum in closed form
 */
public record Encoded(Tensor mean, Optional<Tensor> logVariance, Optional<Tensor> divergence) {}
