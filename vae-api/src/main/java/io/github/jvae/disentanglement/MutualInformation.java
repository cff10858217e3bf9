package io.github.jvae.disentanglement;

import java.util.Arrays;

/**
 * Entropy and mutual information of whole numbers, in nats.
 *
 * <p>The entropy of the empirical distribution of N examples is too low by about {@code (values -
 * 1) / 2N}, so that the information of 20 by 20 independent bins seems to be 0.09 nats in 2,000
 * examples. That is added to each entropy (Miller, "Note on the bias of information estimates",
 * 1955).
 */
final class MutualInformation {
  private MutualInformation() {}

  /** Returns {@code H(a) = -sum p log p + (values - 1) / 2N}; the values count from 0. */
  static double entropy(int[] a) {
    int[] counts = counts(a);
    long occurring = Arrays.stream(counts).filter(count -> count > 0).count();
    return entropy(counts, a.length) + (occurring - 1) / (2.0 * a.length);
  }

  /** Returns {@code I(a; b) = H(a) + H(b) - H(a, b)}, never below 0. */
  static double between(int[] a, int[] b) {
    int width = Arrays.stream(b).max().orElse(0) + 1;
    int[] both = new int[a.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = a[i] * width + b[i];
    }
    return Math.max(0, entropy(a) + entropy(b) - entropy(both));
  }

  /** Returns the information of each dimension of codes in bins about each factor, [L][factors]. */
  static double[][] matrix(FactoredCodes codes) {
    double[][] result = new double[codes.latent()][codes.factors().size()];
    int[][] levels = codes.levels();
    for (int d = 0; d < result.length; d++) {
      int[] bins = Bins.of(codes.column(d), FactoredCodes.BINS);
      for (int k = 0; k < levels.length; k++) {
        result[d][k] = between(bins, levels[k]);
      }
    }
    return result;
  }

  private static int[] counts(int[] values) {
    int[] counts = new int[Arrays.stream(values).max().orElse(0) + 1];
    for (int value : values) {
      counts[value]++;
    }
    return counts;
  }

  private static double entropy(int[] counts, int total) {
    double sum = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / total;
        sum -= share * Math.log(share);
      }
    }
    return sum;
  }
}
