package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Bar;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.export.ScoreRows;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.evaluate.AnomalyScore;
import io.github.jvae.evaluate.AnomalyScorer;
import io.github.jvae.evaluate.AnomalyScores;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The scores of images, each with so many draws, while a bar tells how far they are. */
final class ImageScores implements AutoCloseable {
  private final Vae vae;
  private final AnomalyScorer scorer;
  private final int samples;
  private final Console console;
  private volatile boolean stopped;

  /** Ends the work where it is. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** @param withContributions whether what each element adds is computed too */
  ImageScores(Vae vae, int samples, boolean withContributions, Console console) {
    this.vae = vae;
    this.scorer = withContributions
        ? AnomalyScorer.withContributions(vae.runtime())
        : AnomalyScorer.of(vae.runtime());
    this.samples = samples;
    this.console = console;
  }

  /**
   * Computes scores, in the order of the images.
   *
   * @param task what the bar says
   * @param from the first image, counted from 0
   * @throws Stopped once {@link #stop} was called
   */
  void each(String task, ImageOptions.Images images, int from, Consumer<AnomalyScores> target) {
    images.requireFor(vae);
    try (Bar bar = console.bar(task, images.data().size())) {
      scorer.score(images.data(), from, samples, images.transforms(), images.seed(), scores -> {
        if (stopped) {
          throw new Stopped();
        }
        target.accept(scores);
        bar.to(scores.index() + 1L);
      });
    }
  }

  /** Returns all scores of images, rounded as in a file. */
  Map<AnomalyScore, double[]> all(
      String task, ImageOptions.Images images, List<AnomalyScore> wanted) {
    Map<AnomalyScore, double[]> all = new EnumMap<>(AnomalyScore.class);
    wanted.forEach(score -> all.put(score, new double[images.data().size()]));
    each(
        task,
        images,
        0,
        scores -> all.forEach(
            (score, values) -> values[scores.index()] = ScoreRows.rounded(scores, score)));
    return all;
  }

  /** Ends the work before the next score; to be called by any thread. */
  void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    scorer.close();
  }
}
