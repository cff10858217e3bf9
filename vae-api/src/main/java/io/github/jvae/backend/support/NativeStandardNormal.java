package io.github.jvae.backend.support;

import io.github.jvae.model.Conditions;
import io.github.jvae.model.ForwardingPrior;
import io.github.jvae.model.Prior;
import io.github.jvae.tensor.Tensor;

/** The standard normal prior with one pass less over the latents, which engines do not fuse. */
public final class NativeStandardNormal extends ForwardingPrior {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** @param portable what this computes otherwise */
  public NativeStandardNormal(Prior portable) {
    super(portable);
  }

  /** {@code -½ Σ z² - L/2 log 2π}. */
  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    int latent = z.shape().dimension(1);
    return z.square().sum(1).multiply(-0.5).subtract(latent * HALF_LOG_TWO_PI);
  }
}
