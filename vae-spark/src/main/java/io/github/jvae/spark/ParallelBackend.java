package io.github.jvae.spark;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.ForwardingBackend;
import io.github.jvae.error.ConfigurationException;

/** A backend whose training steps are taken by several workers together. */
final class ParallelBackend extends ForwardingBackend {
  private final Backend backend;
  private final Ring ring;
  private final int rank;
  private final int size;

  ParallelBackend(Backend backend, Ring ring, int rank, int size) {
    super(backend);
    this.backend = backend;
    this.ring = ring;
    this.rank = rank;
    this.size = size;
  }

  @Override
  public TrainingStep compileTraining(Computation loss, Optimizer optimizer) {
    if (loss.examples() != Computation.Examples.AVERAGED) {
      throw new ConfigurationException("the model's loss is no mean over examples, as its objective"
          + " or prior looks at a batch as a whole, so that workers cannot share one; set"
          + " numWorkers to 1, or take another objective or prior");
    }
    return new ParallelStep(backend, loss, optimizer, ring, rank, size);
  }
}
