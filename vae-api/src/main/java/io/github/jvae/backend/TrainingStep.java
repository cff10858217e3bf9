package io.github.jvae.backend;

import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** A compiled step of training: loss, gradients and the optimizer's update in one. */
public interface TrainingStep extends AutoCloseable {

  /**
   * Takes one step, unless the optimizer's limits have it skipped.
   *
   * @param learningRate the learning rate of this step
   * @param inputs not changed, and not kept after the call
   * @return the computation's outputs before the update, the loss first
   * @throws io.github.jvae.error.VaeException if this or its backend is closed, or a shape does not
   *     fit
   */
  List<HostTensor> run(double learningRate, HostTensor... inputs);

  /**
   * Returns what the gradients of the last step were: one for each optimizer that took part, the
   * model's first and then its adversary's; nothing before the first step, and where the optimizers
   * have no {@link Optimizer#limits}, as nobody looks at the norm then.
   */
  List<GradientNorm> gradientNorms();

  /** The optimizer's memory, in the portable layout; a copy. */
  OptimizerState state();

  /**
   * Sets the optimizer's memory, so that training goes on exactly where it stood.
   *
   * @throws io.github.jvae.error.VaeException if it is another optimizer's, or names or shapes are
   *     not those of the variables
   */
  void restore(OptimizerState state);

  /** Releases what was compiled. Closing twice does nothing. */
  @Override
  void close();
}
