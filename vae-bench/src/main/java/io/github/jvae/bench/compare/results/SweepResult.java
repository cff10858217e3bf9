package io.github.jvae.bench.compare.results;

import io.github.jvae.bench.compare.results.BackendResult.Spread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How cost grows with one quantity, all else as it is.
 *
 * @param quantity what varies: batch, latent or threads
 * @param workload the model that was timed
 * @param points in the order in which they were measured
 */
public record SweepResult(
    @PlainName String quantity,
    @PlainName String workload,
    @Size(max = 10_000) List<Point> points) {
  /** Keeps a copy of the list. */
  public SweepResult {
    points = Lists.copy(points);
  }

  /**
   * One engine at one value.
   *
   * @param value of the quantity
   * @param backend the engine's name
   * @param failure why nothing was measured; null if something was
   * @param stepMs one training step, milliseconds
   * @param trainImagesPerSecond at the median
   * @param peakRssMib the process's largest resident memory, MiB
   */
  public record Point(
      @AtLeast(1) int value,
      @PlainName String backend,
      @Nullable String failure,
      @Nullable Spread stepMs,
      @AtLeast(0) @Nullable Double trainImagesPerSecond,
      @AtLeast(0) @Nullable Double peakRssMib) {}
}
