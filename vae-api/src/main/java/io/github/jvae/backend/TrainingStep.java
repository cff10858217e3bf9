package io.github.jvae.backend;

import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** A compiled step of training: loss, gradients and the optimizer's update in one. */
public interface TrainingStep extends AutoCloseable {

  /**
   * Takes one step.
   *
   * @param learningRate the learning rate of this step
   * @param inputs not changed, and not kept after the call
   * @return the computation's outputs before the update, the loss first
   * @throws io.github.jvae.error.VaeException if this or its backend is closed, or a shape does not
   *     fit
   */
  List<HostTensor> run(double learningRate, HostTensor... inputs);

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
