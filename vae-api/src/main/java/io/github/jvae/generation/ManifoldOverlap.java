package io.github.jvae.generation;

import io.github.jvae.error.DataException;
import io.github.jvae.tensor.HostTensor;

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

  private static final String WHO = "a manifold";

  /**
   * Measures precision and recall.
   *
   * @param real vectors, [N, F]
   * @param generated vectors, [M, F]
   * @param neighbours k, at least 1; fewer than N and M
   * @throws DataException if k is below 1, there are too few vectors, they are of different
   *     extents, or a number of them is not finite
   */
  public static ManifoldOverlap of(HostTensor real, HostTensor generated, int neighbours) {
    Neighbourhoods ofReal = Neighbourhoods.of(WHO, "real", real, neighbours);
    Neighbourhoods ofGenerated = Neighbourhoods.of(WHO, "generated", generated, neighbours);
    ofReal.vectors().requireSameFeatures(ofGenerated.vectors());
    return new ManifoldOverlap(
        ofReal.shareInside(ofGenerated.vectors()), ofGenerated.shareInside(ofReal.vectors()));
  }
}
