package io.github.jvae.evaluate;

import java.util.List;

/**
 * What a model makes of its latent dimensions.
 *
 * @param variances over the images, of each dimension of the posterior's mean
 * @param kl nats per example that each dimension adds to the divergence from the prior, the mean
 *     over the images; empty where the divergence is no sum over dimensions in closed form
 */
public record LatentActivity(List<Double> variances, List<Double> kl) {
  /** Burda, Grosse and Salakhutdinov, "Importance weighted autoencoders", 2016, section 2. */
  public static final double ACTIVE = 0.01;

  /** Keeps copies. */
  public LatentActivity {
    variances = List.copyOf(variances);
    kl = List.copyOf(kl);
  }

  /** How many dimensions depend on the image: whose posterior mean varies by more than 0.01. */
  public int activeUnits() {
    return (int) variances.stream().filter(variance -> variance > ACTIVE).count();
  }
}
