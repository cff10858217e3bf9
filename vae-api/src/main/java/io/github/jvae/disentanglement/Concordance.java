package io.github.jvae.disentanglement;

import java.util.Arrays;

/**
 * How well scores order examples: of all pairs that differ in truth, the share in which the greater
 * truth has the greater score, a tie of scores counting half (Harrell et al., "Evaluating the yield
 * of medical tests", 1982). For two classes it is the area under the receiver operating
 * characteristic.
 */
final class Concordance {
  private Concordance() {}

  /** Returns the share; NaN if no two differ in truth. */
  static double of(double[] scores, double[] truths) {
    double[] different = Arrays.stream(scores).sorted().distinct().toArray();
    int[] ranks = Arrays.stream(scores)
        .mapToInt(score -> Arrays.binarySearch(different, score))
        .toArray();
    int[] order = Order.of(truths);
    // A tree of partial sums (Fenwick, 1994) of how many of the lower truths have each score.
    int[] tree = new int[different.length + 1];
    double right = 0;
    double pairs = 0;
    int begin = 0;
    while (begin < order.length) {
      int end = begin;
      while (end < order.length && truths[order[end]] == truths[order[begin]]) {
        int rank = ranks[order[end]];
        right += 0.5 * (below(tree, rank) + below(tree, rank + 1));
        pairs += begin;
        end++;
      }
      for (int i = begin; i < end; i++) {
        add(tree, ranks[order[i]]);
      }
      begin = end;
    }
    return pairs == 0 ? Double.NaN : right / pairs;
  }

  private static int below(int[] tree, int rank) {
    int sum = 0;
    for (int i = rank; i > 0; i -= i & -i) {
      sum += tree[i];
    }
    return sum;
  }

  private static void add(int[] tree, int rank) {
    for (int i = rank + 1; i < tree.length; i += i & -i) {
      tree[i]++;
    }
  }
}
