package io.github.jvae.generation;

import io.github.jvae.error.DataException;
import io.github.jvae.tensor.HostTensor;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.math3.stat.descriptive.moment.Variance;

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
   * @throws DataException if there are fewer, or they are of different extents
   */
  public static double between(HostTensor one, HostTensor other) {
    RealMatrix first = matrix(one);
    RealMatrix second = matrix(other);
    if (first.getColumnDimension() != second.getColumnDimension()) {
      throw new DataException(
          "features " + one.shape() + " and " + other.shape() + " are not of one classifier");
    }
    RealVector shift = mean(first).subtract(mean(second));
    RealMatrix c = covariance(first);
    RealMatrix d = covariance(second);
    RealMatrix root = root(c);
    // (C D)^½ has the trace of (C^½ D C^½)^½, which is symmetric.
    double cross = root(root.multiply(d).multiply(root)).getTrace();
    return shift.dotProduct(shift) + c.getTrace() + d.getTrace() - 2 * cross;
  }

  private static RealMatrix matrix(HostTensor vectors) {
    if (vectors.shape().rank() != 2 || vectors.shape().dimension(0) < 2) {
      throw new DataException("moments need at least two vectors, not " + vectors.shape());
    }
    int columns = vectors.shape().dimension(1);
    double[][] rows = new double[vectors.shape().dimension(0)][columns];
    for (int i = 0; i < vectors.data().length; i++) {
      rows[i / columns][i % columns] = vectors.data()[i];
    }
    return new Array2DRowRealMatrix(rows, false);
  }

  private static RealVector mean(RealMatrix rows) {
    double[] ones = new double[rows.getRowDimension()];
    Arrays.fill(ones, 1.0 / ones.length);
    return MatrixUtils.createRealVector(rows.preMultiply(ones));
  }

  private static RealMatrix covariance(RealMatrix rows) {
    return rows.getColumnDimension() == 1
        ? MatrixUtils.createRealDiagonalMatrix(
            new double[] {new Variance().evaluate(rows.getColumn(0))})
        : new Covariance(rows).getCovarianceMatrix();
  }

  /** Returns the root of a symmetric matrix without negative eigenvalues but by rounding. */
  private static RealMatrix root(RealMatrix matrix) {
    RealMatrix symmetric = matrix.add(matrix.transpose()).scalarMultiply(0.5);
    EigenDecomposition parts = new EigenDecomposition(symmetric);
    double[] roots = parts.getRealEigenvalues();
    for (int i = 0; i < roots.length; i++) {
      roots[i] = Math.sqrt(Math.max(0, roots[i]));
    }
    return parts
        .getV()
        .multiply(MatrixUtils.createRealDiagonalMatrix(roots))
        .multiply(parts.getVT());
  }
}
