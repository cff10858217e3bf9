package io.github.jvae.train;

import io.github.jvae.backend.TrainingStep;
import io.github.jvae.data.Batch;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one step of training is given.
 *
 * @param batch the examples
 * @param noise standard normal, as much as the objective takes for each example
 * @param conditions of the examples, in the order of the model's
 * @param learningRate of this step
 * @param schedules the value that each of the objective's schedules has at this step
 */
public record StepInputs(
    Batch batch,
    HostTensor noise,
    List<HostTensor> conditions,
    double learningRate,
    Map<String, Double> schedules) {

  /** Keeps the order of the schedules, which is the objective's. */
  public StepInputs {
    conditions = List.copyOf(conditions);
    schedules = Collections.unmodifiableMap(new LinkedHashMap<>(schedules));
  }

  /** Returns how many examples there are. */
  public int size() {
    return batch.size();
  }

  /**
   * Takes the step.
   *
   * @param step what {@link io.github.jvae.backend.ModelRuntime#compileTraining} has prepared
   * @return the loss before the update, and the objective's terms
   */
  public List<HostTensor> take(TrainingStep step) {
    List<HostTensor> inputs = new ArrayList<>(List.of(batch.x(), noise));
    schedules.values().forEach(value -> inputs.add(HostTensor.scalar(value)));
    inputs.addAll(conditions);
    return step.run(learningRate, inputs.toArray(HostTensor[]::new));
  }
}
