package io.github.jvae.bench.compare.results;

import java.util.List;

/**
 * Whether the engines computed the same. A relative difference of a and b is |a − b| / max(|a|,
 * |b|), 0 where both are 0; that of two lists is the greatest of their elements'.
 *
 * @param firstSteps how many steps the first figure of a pair looks at
 * @param pairs each engine with each later one
 */
public record Agreement(@AtLeast(0) int firstSteps, List<Pair> pairs) {
  /** Keeps a copy of the list. */
  public Agreement {
    pairs = Lists.copy(pairs);
  }

  /** The relative difference of two numbers; not a number where one of them is none. */
  public static double difference(double a, double b) {
    return a == b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
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
