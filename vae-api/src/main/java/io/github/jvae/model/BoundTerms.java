package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

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

  /**
   * Records the terms of a model that infers nothing, so that nothing diverges.
   *
   * @param in B examples
   * @param noise of K draws in a row for each example, which add nothing: an input of every
   *     objective has to be met
   * @param logLikelihood records [B · K] of examples that are repeated as often
   */
  static BoundTerms withoutPosterior(
      Inputs in, Tensor noise, Function<Inputs, Tensor> logLikelihood) {
    int draws = noise.shape().dimension(0) / in.size();
    Tensor value = logLikelihood.apply(draws == 1 ? in : in.repeat(draws));
    return new BoundTerms(value, Map.of(Model.GROUP, noise.sum(1).multiply(0)));
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
