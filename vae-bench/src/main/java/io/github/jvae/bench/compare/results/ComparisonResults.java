package io.github.jvae.bench.compare.results;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of engines.
 *
 * @param schema the version of this format, {@link ResultsFile#SCHEMA}
 * @param partial whether the run was broken off before all was measured
 * @param setup what was run
 * @param machine where
 * @param backends the engines, in the order in which they were asked for
 * @param agreement whether they computed the same; null where fewer than two trained
 * @param sweeps how cost grows; empty where that was not asked for
 * @param against what changed since an earlier run; null where that was not asked for
 */
public record ComparisonResults(
    @AtLeast(1) int schema,
    boolean partial,
    Setup setup,
    Machine machine,
    @Size(max = 100) List<BackendResult> backends,
    @Nullable Agreement agreement,
    @Size(max = 100) List<SweepResult> sweeps,
    @Nullable Change against) {
  /** Keeps copies of the lists; one that a file lacks is empty. */
  public ComparisonResults {
    backends = Lists.copy(backends);
    sweeps = Lists.copy(sweeps);
  }

  /** Returns the same with other sweeps. */
  public ComparisonResults withSweeps(List<SweepResult> other) {
    return new ComparisonResults(
        schema, partial, setup, machine, backends, agreement, other, against);
  }

  /** Returns the same with what changed since an earlier run. */
  public ComparisonResults withChange(Change change) {
    return new ComparisonResults(
        schema, partial, setup, machine, backends, agreement, sweeps, change);
  }
}
