package io.github.jvae.prior;

import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Prior;
import io.github.jvae.tensor.Tensor;

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
  public Tensor logProb(Tensor z) {
    return z.square().add(LOG_TWO_PI).sum(1).multiply(-0.5);
  }

  /**
   * In closed form for a diagonal Gaussian posterior: {@code ½ Σ (μ² + σ² - 1 - log σ²)} (Kingma
   * and Welling, "Auto-encoding variational Bayes", 2014, appendix B).
   */
  @Override
  public Tensor kl(Posterior posterior, Tensor z) {
    if (!(posterior instanceof DiagonalGaussian gaussian)) {
      return Prior.super.kl(posterior, z);
    }
    Tensor logVariance = gaussian.logVariance();
    // e^l - 1 - l, where the difference is exact also for a posterior close to the prior.
    Tensor excess = logVariance.expm1().subtract(logVariance);
    return gaussian.mean().square().add(excess).sum(1).multiply(0.5);
  }

  @Override
  public Tensor sample(Tensor noise) {
    return noise;
  }
}
