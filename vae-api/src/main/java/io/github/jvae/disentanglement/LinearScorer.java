package io.github.jvae.disentanglement;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Linear regression and logistic regression with a penalty of {@code ½ |w|²} beside the sum over
 * examples, which keeps the weights of separable classes finite; the intercept has none.
 */
final class LinearScorer {
  private static final int MOST_STEPS = 50;
  private static final double TOLERANCE = 1e-6;

  private final double[][] columns;
  private final int learned;

  /**
   * @param columns standardised dimensions, [L][N]; those of zeros get no weight
   * @param learned how many examples are learned from
   */
  LinearScorer(double[][] columns, int learned) {
    double[] ones = new double[columns[0].length];
    Arrays.fill(ones, 1);
    this.columns = Arrays.copyOf(columns, columns.length + 1);
    this.columns[columns.length] = ones;
    this.learned = learned;
  }

  /** Returns the prediction of all examples by least squares. */
  double[] regression(double[] target) {
    double[] all = new double[learned];
    Arrays.fill(all, 1);
    return scores(solution(all, slope(target, new double[columns.length], all)));
  }

  /**
   * Returns the log-odds of all examples by Newton's method, whose steps are halved where the loss
   * would rise.
   *
   * @param target 1 for the class, 0 otherwise
   */
  double[] logistic(double[] target) {
    double[] weights = new double[columns.length];
    double loss = loss(target, weights);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] chances = scores(weights);
      double[] curvature = new double[learned];
      double[] rest = new double[learned];
      for (int i = 0; i < learned; i++) {
        double chance = 1 / (1 + Math.exp(-chances[i]));
        curvature[i] = Math.max(chance * (1 - chance), 1e-10);
        rest[i] = target[i] - chance;
      }
      double[] change = solution(curvature, slope(rest, weights, curvature));
      double[] next = added(weights, change);
      double nextLoss = loss(target, next);
      for (int half = 0; half < 30 && !(nextLoss <= loss); half++) {
        change = Arrays.stream(change).map(value -> value / 2).toArray();
        next = added(weights, change);
        nextLoss = loss(target, next);
      }
      boolean isDone = !(nextLoss < loss * (1 - TOLERANCE));
      weights = next;
      loss = nextLoss;
      if (isDone) {
        break;
      }
    }
    return scores(weights);
  }

  private static double[] added(double[] weights, double[] change) {
    double[] sum = weights.clone();
    Arrays.setAll(sum, j -> weights[j] + change[j]);
    return sum;
  }

  /** Returns the steepest descent of the penalised loss whose residuals are given. */
  private double[] slope(double[] rest, double[] weights, double[] curvature) {
    double[] slope = new double[columns.length];
    for (int j = 0; j < slope.length; j++) {
      slope[j] = Moments.product(columns[j], rest, curvature.length) * curvature.length
          - (j < slope.length - 1 ? weights[j] : 0);
    }
    return slope;
  }

  private double[] solution(double[] curvature, double[] slope) {
    double[][] matrix = new double[columns.length][columns.length];
    double[] weighted = new double[learned];
    for (int j = 0; j < matrix.length; j++) {
      for (int i = 0; i < learned; i++) {
        weighted[i] = curvature[i] * columns[j][i];
      }
      for (int k = 0; k <= j; k++) {
        matrix[j][k] = Moments.product(weighted, columns[k], learned) * learned;
        matrix[k][j] = matrix[j][k];
      }
      matrix[j][j] += j < matrix.length - 1 ? 1 : 0;
    }
    return new CholeskyDecomposition(new Array2DRowRealMatrix(matrix, false), 1e-6, 1e-14)
        .getSolver()
        .solve(new ArrayRealVector(slope, false))
        .toArray();
  }

  private double[] scores(double[] weights) {
    double[] scores = new double[columns[0].length];
    for (int j = 0; j < weights.length; j++) {
      for (int i = 0; i < scores.length && weights[j] != 0; i++) {
        scores[i] += weights[j] * columns[j][i];
      }
    }
    return scores;
  }

  private double loss(double[] target, double[] weights) {
    double[] scores = scores(weights);
    double sum = 0;
    for (int i = 0; i < learned; i++) {
      double s = scores[i];
      sum += Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s))) - target[i] * s;
    }
    for (int j = 0; j < weights.length - 1; j++) {
      sum += 0.5 * weights[j] * weights[j];
    }
    return sum;
  }
}
