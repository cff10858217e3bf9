package io.github.jvae.bench.compare.results;

import io.github.jvae.bench.compare.results.BackendResult.Interval;
import java.util.List;

/**
 * What changed since an earlier run.
 *
 * @param file the earlier results
 * @param startedAt when they were made
 * @param differences what was not alike in setup and machine, in sentences; empty if nothing
 * @param rows engine by engine
 */
public record Change(String file, String startedAt, List<String> differences, List<Row> rows) {
  /** Keeps copies of the lists. */
  public Change {
    differences = Lists.copy(differences);
    rows = Lists.copy(rows);
  }

  /**
   * One quantity of one engine.
   *
   * @param backend the engine's name
   * @param quantity its name and unit
   * @param before what it was
   * @param after what it is
   * @param ratio after over before
   * @param verdict whether that is better or worse beyond what chance explains
   */
  public record Row(
      String backend,
      String quantity,
      @AtLeast(0) double before,
      @AtLeast(0) double after,
      Interval ratio,
      Verdict verdict) {}

  /** What a change means. */
  public enum Verdict {
    /** Better, beyond what chance explains. */
    BETTER,
    /** Within what chance explains. */
    SAME,
    /** Worse, beyond what chance explains. */
    WORSE
  }
}
