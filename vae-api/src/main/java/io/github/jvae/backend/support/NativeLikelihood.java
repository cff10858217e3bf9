package io.github.jvae.backend.support;

import io.github.jvae.model.ForwardingLikelihood;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Tensor;

/**
 * A likelihood of images in an engine's own operations. All else it does as the portable one does,
 * and also the probability of other examples than images, or of images seen in part.
 */
public abstract class NativeLikelihood extends ForwardingLikelihood {
  private static final int BATCH_OF_IMAGES = 4;

  /** @param portable what this computes otherwise */
  protected NativeLikelihood(Likelihood portable) {
    super(portable);
  }

  @Override
  public final Tensor logProb(Inputs in, Tensor decoded) {
    return in.x().shape().rank() == BATCH_OF_IMAGES && in.mask().isEmpty()
        ? logProb(in.x(), decoded)
        : super.logProb(in, decoded);
  }

  /**
   * Records {@code log p(x|z)} in nats, summed over all pixels.
   *
   * @param x images, [B, C, H, W]
   * @param decoded [B, ...] as {@link #decoded} says
   * @return [B]
   */
  protected abstract Tensor logProb(Tensor x, Tensor decoded);
}
