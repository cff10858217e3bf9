package io.github.jvae.bench.sweep;

import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.SweepResult;
import io.github.jvae.bench.speed.Pace;
import java.util.ArrayList;
import java.util.List;

/** Sweeps as the results of a comparison keep them. */
public final class SweepResults {
  private SweepResults() {}

  /**
   * A sweep that was measured.
   *
   * @param workload the model that was timed
   */
  public static SweepResult of(Sweep sweep, String workload, List<SweepPoint> points) {
    return new SweepResult(
        sweep.quantity().text(),
        workload,
        points.stream().map(SweepResults::point).toList());
  }

  private static SweepResult.Point point(SweepPoint point) {
    Reading reading = point.reading();
    if (reading == null) {
      return new SweepResult.Point(
          point.value(), point.backend(), point.failure(), null, null, null);
    }
    Pace steps = reading.steps();
    return new SweepResult.Point(
        point.value(),
        point.backend(),
        null,
        new Spread(1000 / steps.median(), 1000 / steps.max(), 1000 / steps.min()),
        steps.median() * reading.batch(),
        reading.peakMebibytes());
  }

  /** Results with sweeps added; one of the same quantity and model takes an earlier one's place. */
  public static ComparisonResults added(ComparisonResults results, List<SweepResult> sweeps) {
    List<SweepResult> all = new ArrayList<>(results.sweeps());
    for (SweepResult sweep : sweeps) {
      all.removeIf(earlier -> earlier.quantity().equals(sweep.quantity())
          && earlier.workload().equals(sweep.workload()));
      all.add(sweep);
    }
    return results.withSweeps(all);
  }
}
