package io.github.jvae.disentanglement;

/** Numbers as the bins of equal width, between the least and the greatest, that they fall into. */
final class Bins {
  private Bins() {}

  /** Returns the bin of each number, from 0; the greatest number is in the last one. */
  static int[] of(double[] values, int bins) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    int[] result = new int[values.length];
    double width = greatest - least;
    for (int i = 0; i < result.length && width > 0; i++) {
      result[i] = Math.min(bins - 1, (int) ((values[i] - least) / width * bins));
    }
    return result;
  }
}
