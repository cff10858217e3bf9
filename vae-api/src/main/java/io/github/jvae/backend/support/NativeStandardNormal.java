package io.github.jvae.backend.support;

import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.ForwardingPrior;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Prior;
import io.github.jvae.tensor.Tensor;

/** The standard normal prior with its divergence in an engine's own operations. */
public abstract class NativeStandardNormal extends ForwardingPrior {

  /** @param portable what this computes otherwise */
  protected NativeStandardNormal(Prior portable) {
    super(portable);
  }

  @Override
  public final Tensor kl(Posterior posterior, Draw draw, Conditions conditions) {
    return posterior instanceof DiagonalGaussian gaussian
        ? kl(gaussian)
        : super.kl(posterior, draw, conditions);
  }

  /**
   * Records the divergence of a diagonal Gaussian posterior, in nats.
   *
   * @return [B]
   */
  protected abstract Tensor kl(DiagonalGaussian posterior);
}
