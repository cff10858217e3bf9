package io.github.jvae.nd4j;

import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** A training step whose memory no other thread releases during a run. */
final class GuardedTrainingStep implements TrainingStep {
  private final Nd4jBackend backend;
  private final TrainingStep step;

  GuardedTrainingStep(Nd4jBackend backend, TrainingStep step) {
    this.backend = backend;
    this.step = step;
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    synchronized (backend) {
      return step.run(learningRate, inputs);
    }
  }

  @Override
  public OptimizerState state() {
    synchronized (backend) {
      return step.state();
    }
  }

  @Override
  public void restore(OptimizerState state) {
    synchronized (backend) {
      step.restore(state);
    }
  }

  @Override
  public void close() {
    synchronized (backend) {
      step.close();
    }
  }
}
