package io.github.jvae.backend.support;

import io.github.jvae.model.ForwardingLikelihood;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Tensor;

/**
 * A likelihood of images in an engine's own operations. All else it does as the portable one does,
 * and also the probability of other examples than images, or of images seen in part.
 *
 * @param <T> the engine's tensors
 * @param <V> the engine's values
 */
public abstract class NativeLikelihood<T extends EngineTensor<T, V>, V>
    extends ForwardingLikelihood {
  private static final int BATCH_OF_IMAGES = 4;

  private final Class<T> type;
  private final String backend;

  /**
   * @param type the engine's tensors
   * @param backend the name of the engine's backend
   * @param portable what this computes otherwise
   */
  protected NativeLikelihood(Class<T> type, String backend, Likelihood portable) {
    super(portable);
    this.type = type;
    this.backend = backend;
  }

  @Override
  public final Tensor logProb(Inputs in, Tensor decoded) {
    return in.x().shape().rank() == BATCH_OF_IMAGES && in.mask().isEmpty()
        ? logProb(ImageBatch.of(type, backend, this, in.x(), decoded))
        : super.logProb(in, decoded);
  }

  /**
   * Records {@code log p(x|z)} in nats, summed over all pixels.
   *
   * @return [B]
   */
  protected abstract Tensor logProb(ImageBatch<T, V> images);
}
