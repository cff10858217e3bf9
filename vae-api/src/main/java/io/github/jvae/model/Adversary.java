package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;

/**
 * What an {@link Objective} trains against the model: its parameters follow a loss of their own, by
 * an optimizer of their own, in turn with the model's. The objective's loss must not move them
 * ({@link io.github.jvae.tensor.Trace#frozen}), nor this one's the model's
 * ({@link Tensor#stopGradient}).
 */
public interface Adversary extends Component {

  /** Returns its learning rate as a multiple of the model's. */
  double learningRateFactor();

  /**
   * Records the loss that its parameters follow.
   *
   * @param in B examples
   * @param noise as the objective takes it
   * @return shape []
   */
  Tensor loss(LatentModel model, Inputs in, Tensor noise);
}
