package io.github.jvae.bench.compare.results;

import java.util.List;

/**
 * Whether the engines computed the same. A relative difference of the losses a and b of a step is
 * |a − b| / max(|a|, |b|, m), where m is their usual size, the median over the steps: a loss that
 * may have either sign passes through 0, where any rounding is large beside it. That of two lists
 * is the greatest of their elements'.
 *
 * @param firstSteps how many steps the first figure of a pair looks at
 * @param pairs each engine with each later one
 */
public record Agreement(@AtLeast(0) int firstSteps, List<Pair> pairs) {
  /** Keeps a copy of the list. */
  public Agreement {
    pairs = Lists.copy(pairs);
  }

  /**
   * Returns the relative difference of two losses; not a number where one of them is none.
   *
   * @param usual their usual size
   */
  public static double difference(double a, double b, double usual) {
    return a == b ? 0 : Math.abs(a - b) / Math.max(usual, Math.max(Math.abs(a), Math.abs(b)));
  }

  /** Returns the usual size of the losses of two curves: the lesser of theirs. */
  public static double usualSize(LossCurve a, LossCurve b) {
    return Math.min(a.usualSize(), b.usualSize());
  }

  /**
   * Two engines.
   *
   * @param first a backend's name
   * @param second another's
   * @param firstLosses the greatest relative difference of the losses over the first steps
   * @param allLosses the greatest relative difference of the losses over all steps
   * @param stepOfGreatest the step at which that was
   * @param parameters the relative difference of the final parameters, as vectors: the norm of the
   *     difference over the norm of the first
   */
  public record Pair(
      String first,
      String second,
      @AtLeast(0) double firstLosses,
      @AtLeast(0) double allLosses,
      @AtLeast(0) int stepOfGreatest,
      @AtLeast(0) double parameters) {}
}
