package io.github.jvae.train;

import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.Variables;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step that beside moving variables along a gradient sets some to what the computation told,
 * unless it is skipped.
 *
 * @param step the last outputs are the values to set
 * @param variables of the model
 * @param states the names of those that are set, in the order of the outputs
 */
record StateKeepingStep(TrainingStep step, Variables variables, List<String> states)
    implements TrainingStep {

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    List<HostTensor> outputs = step.run(learningRate, inputs);
    int others = outputs.size() - states.size();
    Map<String, HostTensor> values = new LinkedHashMap<>();
    for (int i = 0; i < states.size(); i++) {
      values.put(states.get(i), outputs.get(others + i));
    }
    if (gradientNorms().stream().noneMatch(GradientNorm::skipped)) {
      variables.writeAll(values);
    }
    return outputs.subList(0, others);
  }

  @Override
  public List<GradientNorm> gradientNorms() {
    return step.gradientNorms();
  }

  @Override
  public OptimizerState state() {
    return step.state();
  }

  @Override
  public void restore(OptimizerState state) {
    step.restore(state);
  }

  @Override
  public void close() {
    step.close();
  }
}
