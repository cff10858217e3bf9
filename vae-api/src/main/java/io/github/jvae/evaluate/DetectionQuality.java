package io.github.jvae.evaluate;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * How well a score tells anomalous examples from normal ones, over all thresholds.
 *
 * @param auroc the area under the receiver operating characteristic: the share of pairs of an
 *     anomalous and a normal example of which the anomalous one has the higher score, a tie
 *     counting as half a pair (Hanley and McNeil, "The meaning and use of the area under a receiver
 *     operating characteristic curve", 1982); 0.5 is chance
 * @param averagePrecision {@code Σ_n (R_n - R_{n-1}) P_n} over the distinct scores as thresholds,
 *     from the highest down, with precision P and recall R of the anomalous; equal scores count
 *     together. The share of anomalous examples is chance
 * @param normals how many normal examples there are
 * @param anomalies how many anomalous ones
 */
public record DetectionQuality(double auroc, double averagePrecision, int normals, int anomalies) {

  /**
   * Measures it, exactly.
   *
   * @param normal the scores of normal examples, higher for more anomalous ones; not changed
   * @param anomalous the scores of anomalous examples; not changed
   * @throws VaeException if there are none of one kind, or a score is not a number
   */
  public static DetectionQuality of(double[] normal, double[] anomalous) {
    requireNumbers("normal", normal);
    requireNumbers("anomalous", anomalous);
    double[] low = sorted(normal);
    double[] high = sorted(anomalous);
    // Twice the number of pairs in the right order, so that a tie counts one.
    double pairs = 0;
    double precisions = 0;
    int normalsLeft = low.length;
    int anomaliesLeft = high.length;
    while (anomaliesLeft > 0) {
      double score = high[anomaliesLeft - 1];
      int notAbove = countWithout(low, normalsLeft, other -> other > score);
      int below = countWithout(low, notAbove, other -> other >= score);
      int anomaliesBelow = countWithout(high, anomaliesLeft, other -> other >= score);
      double ties = anomaliesLeft - anomaliesBelow;
      pairs += ties * ((double) below + notAbove);
      double found = high.length - anomaliesBelow;
      precisions += ties * found / (found + low.length - below);
      anomaliesLeft = anomaliesBelow;
      normalsLeft = below;
    }
    return new DetectionQuality(
        pairs / 2 / low.length / high.length, precisions / high.length, low.length, high.length);
  }

  /** Returns how many of the first scores are left without the last ones, while those are out. */
  private static int countWithout(double[] sorted, int count, DoublePredicate out) {
    int left = count;
    while (left > 0 && out.test(sorted[left - 1])) {
      left--;
    }
    return left;
  }

  /** Returns the scores in order; negative zeros are zeros, as they compare. */
  private static double[] sorted(double[] scores) {
    double[] sorted = Arrays.stream(scores).map(score -> score + 0.0).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * Checks that there are scores, all of them numbers.
   *
   * @param kind of examples that they are of
   */
  static void requireNumbers(String kind, double... scores) {
    if (scores.length == 0) {
      throw new DataException("there is no score of " + kind + " examples; give at least one");
    }
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new DataException("of the scores of " + kind + " examples, number " + i
            + " (from 0) is not a number: the model makes nothing of this example");
      }
    }
  }
}
