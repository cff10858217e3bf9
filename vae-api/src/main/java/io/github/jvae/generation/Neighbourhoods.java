package io.github.jvae.generation;

import io.github.jvae.error.DataException;
import io.github.jvae.tensor.HostTensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Vectors, each with a ball around it that reaches to its k-th nearest neighbour in the set, the
 * border included.
 */
final class Neighbourhoods {
  private final FeatureVectors vectors;
  private final double[] squaredRadii;

  private Neighbourhoods(FeatureVectors vectors, double[] squaredRadii) {
    this.vectors = vectors;
    this.squaredRadii = squaredRadii;
  }

  /**
   * Measures the balls.
   *
   * @param who what is measured, for messages
   * @param set what the set is called there
   * @param neighbours k
   * @throws DataException if k is not from 1 to N - 1, or a number is not finite
   */
  static Neighbourhoods of(String who, String set, HostTensor vectors, int neighbours) {
    if (neighbours < 1) {
      throw new DataException(who + " needs at least 1 nearest neighbour, not " + neighbours);
    }
    FeatureVectors checked = FeatureVectors.of(
        who + " by the nearest neighbour number " + neighbours,
        set,
        vectors,
        Math.addExact(neighbours, 1));
    return new Neighbourhoods(
        checked,
        IntStream.range(0, checked.count())
            .parallel()
            .mapToDouble(i -> squaredRadius(checked, i, neighbours))
            .toArray());
  }

  private static double squaredRadius(FeatureVectors vectors, int i, int neighbours) {
    double[] distances = IntStream.range(0, vectors.count())
        .filter(j -> j != i)
        .mapToDouble(j -> vectors.squaredDistance(i, vectors, j))
        .toArray();
    Arrays.sort(distances);
    return distances[neighbours - 1];
  }

  FeatureVectors vectors() {
    return vectors;
  }

  /** Returns how many balls a vector of another set lies in. */
  int around(FeatureVectors others, int row) {
    return (int)
        IntStream.range(0, vectors.count()).filter(i -> holds(i, others, row)).count();
  }

  /** Returns the share of the vectors of another set that lie in some ball. */
  double shareInside(FeatureVectors others) {
    return IntStream.range(0, others.count())
            .parallel()
            .filter(row -> IntStream.range(0, vectors.count()).anyMatch(i -> holds(i, others, row)))
            .count()
        / (double) others.count();
  }

  /** Returns the share of the balls in which some vector of another set lies. */
  double shareOccupied(FeatureVectors others) {
    return IntStream.range(0, vectors.count())
            .parallel()
            .filter(i -> IntStream.range(0, others.count()).anyMatch(row -> holds(i, others, row)))
            .count()
        / (double) vectors.count();
  }

  private boolean holds(int ball, FeatureVectors others, int row) {
    return others.squaredDistance(row, vectors, ball) <= squaredRadii[ball];
  }
}
