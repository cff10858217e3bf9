package io.github.jvae.train;

import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.Variables;
import io.github.jvae.tensor.HostTensor;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The averaged weights of a training under way.
 *
 * @param averaging the optimizer that keeps them
 * @param step the step that is compiled with it
 * @param variables that are trained
 */
record AveragedWeights(Averaging averaging, TrainingStep step, Variables variables) {

  /** Returns those of a training, or nothing if its optimizer keeps none. */
  static Optional<AveragedWeights> of(Optimizer optimizer, TrainingStep step, Variables variables) {
    return optimizer instanceof Averaging averaging
        ? Optional.of(new AveragedWeights(averaging, step, variables))
        : Optional.empty();
  }

  /** Does something with the model while its weights are the averages, and puts them back. */
  <T> T during(Supplier<T> use) {
    Map<String, HostTensor> weights = variables.readAll();
    variables.writeAll(averaging.averages(step.state(), weights));
    try {
      return use.get();
    } finally {
      variables.writeAll(weights);
    }
  }
}
