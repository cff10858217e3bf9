package io.github.jvae.service;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.evaluate.AnomalyScorer;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.evaluate.Inference;
import java.util.List;

/** What a service computes with. */
final class ServedModel implements AutoCloseable {
  private final Inference inference;
  private final AnomalyScorer scorer;
  private final int samples;
  private final long seed;

  /** @param inference stays the caller's to close */
  ServedModel(ModelRuntime runtime, Inference inference, ServiceOptions options) {
    this.inference = inference;
    this.scorer = AnomalyScorer.of(runtime);
    this.samples = options.samples();
    this.seed = options.seed();
  }

  Inference inference() {
    return inference;
  }

  List<AnomalyScores> score(Operation.Input input) {
    return scorer.score(input.rows(), input.conditions(), places(input), samples, seed);
  }

  private static int[] places(Operation.Input input) {
    return input.places().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public void close() {
    scorer.close();
  }
}
