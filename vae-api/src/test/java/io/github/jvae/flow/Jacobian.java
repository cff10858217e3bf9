package io.github.jvae.flow;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The derivatives of a map of vectors, by central differences in double precision. */
public final class Jacobian {
  private static final double STEP = 1e-4;

  private final double[][] derivatives;

  private Jacobian(double[][] derivatives) {
    this.derivatives = derivatives;
  }

  /**
   * Records what {@link #of} reads: the map's values on both sides of each vector along each axis.
   */
  public static List<Tensor> record(UnaryOperator<Tensor> map, Tensor x) {
    int size = x.shape().dimension(1);
    List<Tensor> values = new ArrayList<>();
    for (int axis = 0; axis < size; axis++) {
      HostTensor direction = HostTensor.zeros(Shape.of(size));
      direction.data()[axis] = 1;
      Tensor step = x.trace().constant(direction).multiply(STEP);
      values.add(map.apply(x.add(step)));
      values.add(map.apply(x.subtract(step)));
    }
    return values;
  }

  /** Returns the derivatives at one row of the batch. */
  public static Jacobian of(List<double[]> values, int row) {
    int size = values.size() / 2;
    double[][] derivatives = new double[size][size];
    for (int from = 0; from < size; from++) {
      for (int to = 0; to < size; to++) {
        int place = row * size + to;
        derivatives[to][from] =
            (values.get(2 * from)[place] - values.get(2 * from + 1)[place]) / (2 * STEP);
      }
    }
    return new Jacobian(derivatives);
  }

  /** Returns the derivative of one element of the image by one of the original. */
  double of(int to, int from) {
    return derivatives[to][from];
  }

  /** Returns {@code log |det J|}. */
  public double logDeterminant() {
    return logDeterminant(derivatives);
  }

  /** Returns {@code log |det|} of a matrix, by elimination. */
  public static double logDeterminant(double[][] matrix) {
    int size = matrix.length;
    double[][] rest = new double[size][];
    for (int row = 0; row < size; row++) {
      rest[row] = matrix[row].clone();
    }
    double result = 0;
    for (int pivot = 0; pivot < size; pivot++) {
      int best = pivot;
      for (int row = pivot + 1; row < size; row++) {
        best = Math.abs(rest[row][pivot]) > Math.abs(rest[best][pivot]) ? row : best;
      }
      double[] chosen = rest[best];
      rest[best] = rest[pivot];
      rest[pivot] = chosen;
      result += Math.log(Math.abs(chosen[pivot]));
      for (int row = pivot + 1; row < size; row++) {
        double factor = rest[row][pivot] / chosen[pivot];
        for (int column = pivot; column < size; column++) {
          rest[row][column] -= factor * chosen[column];
        }
      }
    }
    return result;
  }
}
