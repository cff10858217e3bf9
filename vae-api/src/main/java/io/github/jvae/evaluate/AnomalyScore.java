package io.github.jvae.evaluate;

import java.util.Locale;

/**
 * How unlike the training data an example is, in nats: higher is more anomalous. All are estimated
 * from the same K draws {@code z_k} of the posterior q(z|x), with the importance weights {@code w_k
 * = p(x|z_k) p(z_k) / q(z_k|x)}.
 */
public enum AnomalyScore {
  /**
   * {@code -log (1/K Σ_k w_k)}: the estimate of {@code -log p(x)} by importance sampling (Burda,
   * Grosse and Salakhutdinov, "Importance weighted autoencoders", 2016, equation 8). The weights
   * are averaged, not their logarithms: it comes down to {@code -log p(x)} as draws are added.
   */
  LOG_LIKELIHOOD,

  /**
   * {@code -1/K Σ_k log w_k}: the estimate of {@code -ELBO = -E_q[log p(x|z)] + KL(q(z|x) ‖ p(z))},
   * with the divergence as drawn. By Jensen's inequality it is at least the first score, for the
   * same draws; more of them make it steadier, and not smaller.
   */
  ELBO,

  /**
   * {@code -1/K Σ_k log p(x|z_k)}: the estimate of {@code -E_q[log p(x|z)]}, the negative of what
   * An and Cho call reconstruction probability ("Variational autoencoder based anomaly detection
   * using reconstruction probability", 2015, the first term of equation 9), a mean of logarithms by
   * its definition. How usual z is does not count in it.
   */
  RECONSTRUCTION;

  /** Returns what people type, such as {@code log-likelihood}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
