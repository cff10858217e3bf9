package io.github.jvae.bench.image;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The plane that points are spread in most, by principal component analysis (Pearson, 1901): their
 * coordinates along the two eigenvectors of their covariance with the largest eigenvalues.
 *
 * @param points in the order they were given in, about their mean
 * @param shares of the variance that the two directions have, from 0 to 1
 */
public record PrincipalPlane(List<Point> points, List<Double> shares) {
  /** Eigenvectors of more take minutes. */
  private static final int MOST_DIMENSIONS = 1000;

  private static final int AXES = 2;

  /** Keeps copies. */
  public PrincipalPlane {
    points = List.copyOf(points);
    shares = List.copyOf(shares);
  }

  /** A point of the plane. */
  public record Point(double x, double y) {}

  /**
   * Finds the plane. Of each axis, the direction is that in which its largest component points up,
   * so that a picture is always the same. Points of one dimension lie on a line in it.
   *
   * @param rows points of as many dimensions each, at least two
   * @throws VaeException if there are fewer, or too many dimensions
   */
  public static PrincipalPlane of(List<float[]> rows) {
    if (rows.size() < 2) {
      throw new DataException(
          "a picture of a latent space needs at least 2 examples, not " + rows.size());
    }
    int dimensions = rows.get(0).length;
    if (dimensions > MOST_DIMENSIONS) {
      throw new DataException("a picture is made of latent spaces of up to " + MOST_DIMENSIONS
          + " dimensions, not of " + dimensions + "; leave it out");
    }
    RealMatrix centred = centred(rows, dimensions);
    RealMatrix covariance = centred.transpose().multiply(centred).scalarMultiply(1.0 / rows.size());
    EigenDecomposition eigen = new EigenDecomposition(covariance);
    double total = covariance.getTrace();
    double[][] along = new double[AXES][rows.size()];
    List<Double> shares = new ArrayList<>(Collections.nCopies(AXES, 0.0));
    // Eigenvalues of a symmetric matrix come in descending order.
    for (int axis = 0; axis < Math.min(AXES, dimensions); axis++) {
      along[axis] = centred.operate(upright(eigen.getEigenvector(axis).toArray()));
      shares.set(axis, total > 0 ? Math.max(0, eigen.getRealEigenvalue(axis)) / total : 0);
    }
    return new PrincipalPlane(
        IntStream.range(0, rows.size())
            .mapToObj(i -> new Point(along[0][i], along[1][i]))
            .toList(),
        shares);
  }

  private static RealMatrix centred(List<float[]> rows, int dimensions) {
    double[] mean = new double[dimensions];
    for (float[] row : rows) {
      for (int i = 0; i < dimensions; i++) {
        mean[i] += (double) row[i] / rows.size();
      }
    }
    RealMatrix centred = MatrixUtils.createRealMatrix(rows.size(), dimensions);
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < dimensions; i++) {
        centred.setEntry(row, i, rows.get(row)[i] - mean[i]);
      }
    }
    return centred;
  }

  private static double[] upright(double[] direction) {
    double largest = 0;
    for (double component : direction) {
      largest = Math.abs(component) > Math.abs(largest) ? component : largest;
    }
    double sign = largest < 0 ? -1 : 1;
    double[] turned = new double[direction.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = sign * direction[i];
    }
    return turned;
  }
}
