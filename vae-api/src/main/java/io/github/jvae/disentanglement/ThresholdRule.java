package io.github.jvae.disentanglement;

import java.util.Arrays;

/**
 * The best rule that cuts a line into intervals and takes all in one for the same class: as many
 * intervals as there are classes at most, so one threshold for two classes.
 */
final class ThresholdRule {
  /** Of more different numbers, thresholds lie between as many groups of neighbours. */
  private static final int MOST_GROUPS = 256;

  private ThresholdRule() {}

  /**
   * Returns the best balanced accuracy: the mean over the classes that occur of the share of their
   * examples that is taken for them. It is found by dynamic programming over the groups, so that no
   * rule is better.
   *
   * @param values a number of each example
   * @param classes the class of each, from 0
   */
  static double accuracy(double[] values, int[] classes) {
    int[] counts = new int[Arrays.stream(classes).max().orElse(0) + 1];
    for (int each : classes) {
      counts[each]++;
    }
    long occurring = Arrays.stream(counts).filter(count -> count > 0).count();
    int[] order = Order.of(values);
    // best[s][c]: of s + 1 intervals up to here, the last of which is of class c.
    double[][] best = new double[(int) occurring][counts.length];
    Arrays.stream(best).forEach(row -> Arrays.fill(row, Double.NEGATIVE_INFINITY));
    double[] gains = new double[counts.length];
    int begin = 0;
    while (begin < order.length) {
      int end = groupEnd(values, order, begin);
      Arrays.fill(gains, 0);
      for (int i = begin; i < end; i++) {
        gains[classes[order[i]]] += 1.0 / counts[classes[order[i]]];
      }
      extend(best, gains, begin == 0);
      begin = end;
    }
    return Arrays.stream(best).flatMapToDouble(Arrays::stream).max().orElse(0) / occurring;
  }

  /** Returns where the next threshold may be: equal numbers are on one side. */
  private static int groupEnd(double[] values, int[] order, int begin) {
    int end = Math.min(order.length, begin + 1 + (order.length - 1) / MOST_GROUPS);
    while (end < order.length && values[order[end]] == values[order[end - 1]]) {
      end++;
    }
    return end;
  }

  /** Adds a group to the last interval, or makes it the first of another one. */
  private static void extend(double[][] best, double[] gains, boolean isFirst) {
    for (int s = best.length - 1; s >= 0; s--) {
      double before = s > 0
          ? Arrays.stream(best[s - 1]).max().orElse(0)
          : isFirst ? 0 : Double.NEGATIVE_INFINITY;
      for (int c = 0; c < gains.length; c++) {
        best[s][c] = gains[c] + Math.max(best[s][c], before);
      }
    }
  }
}
