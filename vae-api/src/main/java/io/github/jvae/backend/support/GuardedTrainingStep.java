package io.github.jvae.backend.support;

import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** A step of training that threads enter one at a time. */
final class GuardedTrainingStep implements TrainingStep {
  private final EngineBackend backend;
  private final TrainingStep step;

  GuardedTrainingStep(EngineBackend backend, TrainingStep step) {
    this.backend = backend;
    this.step = step;
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    return backend.use(() -> step.run(learningRate, inputs));
  }

  @Override
  public List<GradientNorm> gradientNorms() {
    return backend.use(step::gradientNorms);
  }

  @Override
  public OptimizerState state() {
    return backend.use(step::state);
  }

  @Override
  public void restore(OptimizerState state) {
    backend.use(() -> {
      step.restore(state);
      return step;
    });
  }

  @Override
  public void close() {
    backend.close(step);
  }
}
