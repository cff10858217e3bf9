package io.github.jvae.generation;

import io.github.jvae.error.DataException;
import io.github.jvae.tensor.HostTensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Precision and recall of generated examples by the manifolds of their features (Kynkäänniemi et
 * al., "Improved precision and recall metric for assessing generative models", 2019). A manifold is
 * where the features of a set are no further from one of its vectors than that one's k-th nearest
 * neighbour in the set.
 *
 * @param precision the share of generated vectors that lie in the manifold of the real ones: how
 *     many look real
 * @param recall the share of real vectors that lie in the manifold of the generated ones: how much
 *     of what is real is made
 */
public record ManifoldOverlap(double precision, double recall) {
  /** The number of neighbours that the paper uses. */
  public static final int NEIGHBOURS = 3;

  /**
   * Measures precision and recall.
   *
   * @param real vectors, [N, F]
   * @param generated vectors, [M, F]
   * @param neighbours k; fewer than N and M
   * @throws DataException if there are too few vectors, or they are of different extents
   */
  public static ManifoldOverlap of(HostTensor real, HostTensor generated, int neighbours) {
    requireEnough(real, neighbours);
    requireEnough(generated, neighbours);
    if (real.shape().dimension(1) != generated.shape().dimension(1)) {
      throw new DataException(
          "features " + real.shape() + " and " + generated.shape() + " are not of one classifier");
    }
    return new ManifoldOverlap(
        share(generated, real, radii(real, neighbours)),
        share(real, generated, radii(generated, neighbours)));
  }

  private static void requireEnough(HostTensor vectors, int neighbours) {
    if (vectors.shape().rank() != 2 || vectors.shape().dimension(0) <= neighbours) {
      throw new DataException("the manifold of " + neighbours
          + " nearest neighbours needs more vectors than those, not " + vectors.shape());
    }
  }

  /** Returns the squared distance of each vector to its k-th nearest neighbour. */
  private static double[] radii(HostTensor vectors, int neighbours) {
    int count = vectors.shape().dimension(0);
    return IntStream.range(0, count)
        .parallel()
        .mapToDouble(i -> {
          double[] distances = IntStream.range(0, count)
              .mapToDouble(j -> distance(vectors, i, vectors, j))
              .toArray();
          Arrays.sort(distances);
          // The nearest of all is the vector itself.
          return distances[neighbours];
        })
        .toArray();
  }

  /** Returns the share of vectors that lie within the radius of one of the others. */
  private static double share(HostTensor vectors, HostTensor others, double[] radii) {
    return IntStream.range(0, vectors.shape().dimension(0))
            .parallel()
            .filter(i -> IntStream.range(0, radii.length)
                .anyMatch(j -> distance(vectors, i, others, j) <= radii[j]))
            .count()
        / (double) vectors.shape().dimension(0);
  }

  private static double distance(HostTensor a, int i, HostTensor b, int j) {
    int extent = a.shape().dimension(1);
    double sum = 0;
    for (int d = 0; d < extent; d++) {
      double difference = a.data()[i * extent + d] - b.data()[j * extent + d];
      sum += difference * difference;
    }
    return sum;
  }
}
