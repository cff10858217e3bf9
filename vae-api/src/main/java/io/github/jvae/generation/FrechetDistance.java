package io.github.jvae.generation;

import io.github.jvae.error.DataException;
import io.github.jvae.tensor.HostTensor;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The Fréchet distance between Gaussians with the moments of two sets of vectors (Heusel et al.,
 * "GANs trained by a two time-scale update rule", 2017): {@code ‖m - m'‖² + tr(C + C' - 2 (C
 * C')^½)}. It is 0 for equal moments, and has the unit of the squared features; only distances in
 * the same features compare.
 */
public final class FrechetDistance {
  private FrechetDistance() {}

  /**
   * Returns the distance.
   *
   * @param one vectors, [N, F], at least two
   * @param other vectors, [M, F], at least two
   * @throws DataException if there are fewer, they are of different extents, or a number of them is
   *     not finite
   */
  public static double between(HostTensor one, HostTensor other) {
    FeatureVectors checked = FeatureVectors.of("the Fréchet distance", "first", one, 2);
    FeatureVectors others = FeatureVectors.of("the Fréchet distance", "second", other, 2);
    checked.requireSameFeatures(others);
    Moments first = Moments.of(checked);
    Moments second = Moments.of(others);
    RealVector shift = first.mean().subtract(second.mean());
    double cross = Math.min(checked.count(), others.count()) > checked.extent()
        ? crossByCovariances(first, second)
        : crossByVectors(first, second);
    return shift.dotProduct(shift) + first.trace() + second.trace() - 2 * cross;
  }

  /**
   * The moments of a set.
   *
   * @param mean m
   * @param centred the vectors less their mean over {@code √(N - 1)}, X: C is XᵀX
   */
  private record Moments(RealVector mean, RealMatrix centred) {
    static Moments of(FeatureVectors vectors) {
      RealMatrix rows = matrix(vectors);
      RealVector mean = FrechetDistance.mean(rows);
      double scale = 1 / Math.sqrt(vectors.count() - 1.0);
      for (int i = 0; i < vectors.count(); i++) {
        rows.setRowVector(i, rows.getRowVector(i).subtract(mean).mapMultiplyToSelf(scale));
      }
      return new Moments(mean, rows);
    }

    double trace() {
      return Math.pow(centred.getFrobeniusNorm(), 2);
    }

    RealMatrix covariance() {
      return centred.transpose().multiply(centred);
    }
  }

  /** (C C')^½ has the trace of (C^½ C' C^½)^½, which is symmetric: matrices of F rows. */
  private static double crossByCovariances(Moments first, Moments second) {
    RealMatrix root = root(first.covariance());
    return traceOfRoot(root.multiply(second.covariance()).multiply(root));
  }

  /**
   * C C' = XᵀX YᵀY has the eigenvalues of (X Yᵀ)(X Yᵀ)ᵀ beside zeros: matrices of N rows, which are
   * smaller where there are more features than vectors.
   */
  private static double crossByVectors(Moments first, Moments second) {
    boolean swap = first.centred().getRowDimension() > second.centred().getRowDimension();
    RealMatrix few = (swap ? second : first).centred();
    RealMatrix many = (swap ? first : second).centred();
    RealMatrix product = few.multiply(many.transpose());
    return traceOfRoot(product.multiply(product.transpose()));
  }

  private static RealMatrix matrix(FeatureVectors vectors) {
    double[][] rows = new double[vectors.count()][vectors.extent()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = vectors.at(i, j);
      }
    }
    return new Array2DRowRealMatrix(rows, false);
  }

  private static RealVector mean(RealMatrix rows) {
    double[] ones = new double[rows.getRowDimension()];
    Arrays.fill(ones, 1.0 / ones.length);
    return MatrixUtils.createRealVector(rows.preMultiply(ones));
  }

  private static double traceOfRoot(RealMatrix matrix) {
    return Arrays.stream(roots(parts(matrix))).sum();
  }

  /** Returns the root of a symmetric matrix without negative eigenvalues but by rounding. */
  private static RealMatrix root(RealMatrix matrix) {
    EigenDecomposition parts = parts(matrix);
    return parts
        .getV()
        .multiply(MatrixUtils.createRealDiagonalMatrix(roots(parts)))
        .multiply(parts.getVT());
  }

  private static EigenDecomposition parts(RealMatrix matrix) {
    return new EigenDecomposition(matrix.add(matrix.transpose()).scalarMultiply(0.5));
  }

  private static double[] roots(EigenDecomposition parts) {
    return Arrays.stream(parts.getRealEigenvalues())
        .map(value -> Math.sqrt(Math.max(0, value)))
        .toArray();
  }
}
