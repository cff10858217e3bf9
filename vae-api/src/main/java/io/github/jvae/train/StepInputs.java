package io.github.jvae.train;

import io.github.jvae.backend.TrainingStep;
import io.github.jvae.data.Batch;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/**
 * What one step of training is given.
 *
 * @param batch the images
 * @param noise of the objective's shape, standard normal
 * @param learningRate of this step
 * @param klWeight the weight of the divergence in the loss
 */
public record StepInputs(Batch batch, HostTensor noise, double learningRate, double klWeight) {

  /** How many images. */
  public int size() {
    return batch.size();
  }

  /**
   * Takes the step.
   *
   * @param step what {@link io.github.jvae.backend.ModelRuntime#trainingLoss} was compiled to
   * @return the loss before the update, and the objective's terms
   */
  public List<HostTensor> take(TrainingStep step) {
    return step.run(learningRate, batch.images(), noise, HostTensor.scalar(klWeight));
  }
}
