package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The terms of the evidence lower bound of each example, in nats. With all divergences
 * {@linkplain DivergenceForm#SAMPLED sampled} the bound is the logarithm of an importance weight,
 * {@code log p(x|z) + log p(z) - log q(z|x)}.
 *
 * @param logLikelihood {@code log p(x|z)} at the drawn z, [B]
 * @param divergences of each latent group by name, [B]; at least one
 */
public record BoundTerms(Tensor logLikelihood, Map<String, Tensor> divergences) {

  /** Keeps the order of the groups. */
  public BoundTerms {
    divergences = Collections.unmodifiableMap(new LinkedHashMap<>(divergences));
  }

  /** Returns the divergence of all latent groups together, [B]. */
  public Tensor kl() {
    return divergences.values().stream().reduce(Tensor::add).orElseThrow();
  }

  /** Returns the bound, [B]; higher is better. */
  public Tensor elbo() {
    return logLikelihood.subtract(kl());
  }
}
