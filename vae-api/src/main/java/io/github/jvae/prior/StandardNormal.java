package io.github.jvae.prior;

import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Prior;
import io.github.jvae.tensor.Tensor;
import java.util.Optional;

/** {@code p(z) = N(0, I)}. */
public final class StandardNormal implements Prior {
  /** The name in configurations. */
  public static final String NAME = "standard-normal";

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  @Override
  public String name() {
    return NAME;
  }

  /** {@code -½ Σ (log 2π + z²)}. */
  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    return z.square().add(LOG_TWO_PI).sum(1).multiply(-0.5);
  }

  /** In closed form for a posterior that has one. */
  @Override
  public Tensor kl(Posterior posterior, Draw draw, Conditions conditions) {
    return posterior.klToReference().orElseGet(() -> Prior.super.kl(posterior, draw, conditions));
  }

  /** In closed form for a diagonal Gaussian posterior. */
  @Override
  public Optional<Tensor> klOfDimensions(Posterior posterior, Conditions conditions) {
    return posterior instanceof DiagonalGaussian gaussian
        ? Optional.of(gaussian.twiceKlOfDimensions().multiply(0.5))
        : Optional.empty();
  }

  @Override
  public int scaledNoise(int latent) {
    return latent;
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    return noise;
  }
}
