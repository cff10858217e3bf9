package io.github.jvae.evaluate;

import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Objective;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a model's objective tells of examples beside the ELBO and its parts. */
final class ObjectiveTerms implements AutoCloseable {
  private static final List<String> OF_THE_BOUND = List.of(Loss.ELBO, Loss.LOG_LIKELIHOOD, Loss.KL);

  private final ModelRuntime runtime;
  private final Objective objective;
  private final List<String> names;
  private final Executable terms;

  /** Prepares the computation; nothing is recorded yet. */
  ObjectiveTerms(ModelRuntime runtime) {
    this.runtime = runtime;
    this.objective = runtime.objective();
    this.names = objective.terms(runtime.model()).stream()
        .filter(name -> !OF_THE_BOUND.contains(name))
        .toList();
    this.terms = runtime.backend().compile(runtime.exampleTerms(names));
  }

  /**
   * Adds the terms of a batch to their means, unless the batch is too small for the objective.
   *
   * @param schedules the values of the objective's schedules; without one of them nothing is told
   * @param seed of the noise
   * @param means by name
   */
  void add(Batch batch, Map<String, Double> schedules, long seed, Map<String, RunningMean> means) {
    if (names.isEmpty()
        || batch.size() < objective.leastBatch()
        || !schedules.keySet().containsAll(objective.schedules())) {
      return;
    }
    List<HostTensor> values = terms.run(inputs(batch, schedules, seed));
    for (int i = 0; i < names.size(); i++) {
      means
          .computeIfAbsent(names.get(i), name -> new RunningMean())
          .addAll(values.get(i).data());
    }
  }

  private HostTensor[] inputs(Batch batch, Map<String, Double> schedules, long seed) {
    List<HostTensor> inputs = new ArrayList<>();
    inputs.add(batch.x());
    inputs.add(Evaluator.noise(batch, objective.noiseSize(runtime.model()), seed));
    objective
        .schedules()
        .forEach(
            name -> inputs.add(HostTensor.scalar(Objects.requireNonNull(schedules.get(name)))));
    return runtime.withConditions(batch.conditions(), inputs.toArray(HostTensor[]::new));
  }

  @Override
  public void close() {
    terms.close();
  }
}
