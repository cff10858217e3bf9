package io.github.jvae.backend;

import io.github.jvae.model.Adversary;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A step of the model, then one of its adversary on the same inputs: two optimizers that take
 * turns. Each moves its own parameters, so what both remember is kept as that of one optimizer.
 */
final class AlternatingSteps implements TrainingStep {
  private final TrainingStep step;
  private final TrainingStep opposed;
  private final Adversary adversary;

  /**
   * Takes two steps together.
   *
   * @param step of the model
   * @param opposed of the adversary
   */
  AlternatingSteps(TrainingStep step, TrainingStep opposed, Adversary adversary) {
    this.step = step;
    this.opposed = opposed;
    this.adversary = adversary;
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    List<HostTensor> outputs = step.run(learningRate, inputs);
    opposed.run(learningRate * adversary.learningRateFactor(), inputs);
    return outputs;
  }

  @Override
  public List<GradientNorm> gradientNorms() {
    return Stream.concat(step.gradientNorms().stream(), opposed.gradientNorms().stream())
        .toList();
  }

  @Override
  public OptimizerState state() {
    OptimizerState own = step.state();
    OptimizerState other = opposed.state();
    Map<OptimizerSlot, Map<String, HostTensor>> slots = new LinkedHashMap<>();
    own.slots().forEach((slot, values) -> {
      Map<String, HostTensor> merged = new LinkedHashMap<>(values);
      merged.putAll(adversaryOnly(other.slot(slot)));
      slots.put(slot, merged);
    });
    return new OptimizerState(own.optimizer(), own.step(), other.step(), slots);
  }

  private Map<String, HostTensor> adversaryOnly(Map<String, HostTensor> values) {
    Map<String, HostTensor> kept = new LinkedHashMap<>(values);
    kept.keySet().retainAll(adversary.parameters().stream().map(Parameter::name).toList());
    return kept;
  }

  /** Each is given the other's memory too, and uses none of it. */
  @Override
  public void restore(OptimizerState state) {
    step.restore(state);
    opposed.restore(state.ofAdversary());
  }

  @Override
  public void close() {
    opposed.close();
    step.close();
  }
}
