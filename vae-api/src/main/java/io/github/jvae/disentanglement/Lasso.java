package io.github.jvae.disentanglement;

import java.util.Arrays;

/**
 * The lasso (Tibshirani, "Regression shrinkage and selection via the lasso", 1996) by coordinate
 * descent on products of the data (Friedman, Hastie and Tibshirani, "Regularization paths for
 * generalized linear models via coordinate descent", 2010): the weights b that minimise {@code ½
 * b'Gb - c'b + p |b|_1}, where {@code G = X'X/N} and {@code c = X'y/N}.
 */
final class Lasso {
  private static final double TOLERANCE = 1e-9;
  private static final int MOST_SWEEPS = 10_000;

  private final double[][] gram;

  /** @param gram G, of columns whose mean is 0; a column of zeros has the weight 0 */
  Lasso(double[][] gram) {
    this.gram = gram;
  }

  /**
   * Improves weights until none changes by more than 1e-9 of the greatest product.
   *
   * @param products c
   * @param penalty p, at least 0
   * @param weights where to start; receives the result
   */
  void solve(double[] products, double penalty, double[] weights) {
    double[] slope = products.clone();
    for (int j = 0; j < weights.length; j++) {
      shift(slope, j, weights[j]);
    }
    double tolerance = TOLERANCE * greatest(products);
    double change = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < MOST_SWEEPS && change > tolerance; sweep++) {
      change = 0;
      for (int j = 0; j < weights.length; j++) {
        double next = gram[j][j] == 0
            ? 0
            : threshold(slope[j] + gram[j][j] * weights[j], penalty) / gram[j][j];
        double step = next - weights[j];
        if (step != 0) {
          shift(slope, j, step);
          weights[j] = next;
          change = Math.max(change, Math.abs(step));
        }
      }
    }
  }

  /** Takes what a change of one weight explains from what is left to explain. */
  private void shift(double[] slope, int j, double step) {
    for (int i = 0; i < slope.length && step != 0; i++) {
      slope[i] -= gram[j][i] * step;
    }
  }

  /** The smallest penalty at which all weights are 0. */
  static double greatest(double[] products) {
    return Arrays.stream(products).map(Math::abs).max().orElse(0);
  }

  /** Moves a number towards 0 by the penalty, and not beyond. */
  static double threshold(double value, double penalty) {
    return Math.signum(value) * Math.max(0, Math.abs(value) - penalty);
  }
}
