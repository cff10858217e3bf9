package io.github.jvae.generation;

import io.github.jvae.error.DataException;
import io.github.jvae.tensor.HostTensor;
import java.util.stream.IntStream;

/**
 * Density and coverage of generated examples (Naeem et al., "Reliable fidelity and diversity
 * metrics for generative models", 2020), by the balls around real vectors that reach to their k-th
 * nearest real neighbours. One real vector that lies apart has a large ball, which makes precision
 * high for nothing; here it counts as one among many.
 *
 * @param density {@code 1 / (k M)} times the number of balls around real vectors in which each of M
 *     generated ones lies, summed up: 1 is expected of the distribution of the real ones, more of
 *     vectors that crowd where the real ones do
 * @param coverage the share of those balls in which some generated vector lies, at most 1
 */
public record DensityCoverage(double density, double coverage) {
  /** The number of neighbours that the paper uses. */
  public static final int NEIGHBOURS = 5;

  private static final String WHO = "coverage";

  /**
   * Measures density and coverage.
   *
   * @param real vectors, [N, F]
   * @param generated vectors, [M, F]
   * @param neighbours k, at least 1; fewer than N
   * @throws DataException if k is below 1, there are too few vectors, they are of different
   *     extents, or a number of them is not finite
   */
  public static DensityCoverage of(HostTensor real, HostTensor generated, int neighbours) {
    Neighbourhoods balls = Neighbourhoods.of(WHO, "real", real, neighbours);
    FeatureVectors others = FeatureVectors.of(WHO, "generated", generated, 1);
    balls.vectors().requireSameFeatures(others);
    long within = IntStream.range(0, others.count())
        .parallel()
        .mapToLong(row -> balls.around(others, row))
        .sum();
    return new DensityCoverage(
        within / ((double) neighbours * others.count()), balls.shareOccupied(others));
  }

  /**
   * Returns the coverage that is expected of M vectors of the very distribution of N real ones:
   * {@code 1 - Π_i (N - i) / (N + M - i)}, with i from 1 to k (the chance that the k nearest of a
   * real vector are all real).
   *
   * @param real N
   * @param generated M
   * @param neighbours k, from 1 to N - 1
   */
  public static double expectedCoverage(int real, int generated, int neighbours) {
    double uncovered = 1;
    for (int i = 1; i <= neighbours; i++) {
      uncovered *= (real - i) / ((double) real + generated - i);
    }
    return 1 - uncovered;
  }
}
