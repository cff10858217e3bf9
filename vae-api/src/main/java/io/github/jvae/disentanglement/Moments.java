package io.github.jvae.disentanglement;

/** Columns of numbers from their mean, in units of their standard deviation. */
final class Moments {
  private Moments() {}

  /** Takes the mean of the first numbers from all of them; returns the variance of the first. */
  static double center(double[] column, int first) {
    // From the first number, so that what is constant becomes exactly 0.
    double rest = 0;
    for (int i = 0; i < first; i++) {
      rest += (column[i] - column[0]) / first;
    }
    double mean = column[0] + rest;
    double variance = 0;
    for (int i = 0; i < column.length; i++) {
      column[i] -= mean;
      variance += i < first ? column[i] * column[i] / first : 0;
    }
    return variance;
  }

  /** Divides by the root of a variance; what does not vary becomes 0. */
  static void scale(double[] column, double variance) {
    double factor = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    for (int i = 0; i < column.length; i++) {
      column[i] *= factor;
    }
  }

  /** Returns the columns of codes, each with mean 0 and variance 1 over the first examples. */
  static double[][] standardized(FactoredCodes codes, int first) {
    double[][] columns = new double[codes.latent()][];
    for (int d = 0; d < columns.length; d++) {
      columns[d] = codes.column(d).clone();
      scale(columns[d], codes.isActive(d) ? center(columns[d], first) : 0);
    }
    return columns;
  }

  /** Returns the mean product of two columns over the first examples. */
  static double product(double[] a, double[] b, int first) {
    double sum = 0;
    for (int i = 0; i < first; i++) {
      sum += a[i] * b[i];
    }
    return sum / first;
  }

  /** Returns the mean products of all pairs of columns over the first examples. */
  static double[][] gram(double[][] columns, int first) {
    double[][] gram = new double[columns.length][columns.length];
    for (int i = 0; i < columns.length; i++) {
      for (int j = 0; j <= i; j++) {
        gram[i][j] = product(columns[i], columns[j], first);
        gram[j][i] = gram[i][j];
      }
    }
    return gram;
  }
}
