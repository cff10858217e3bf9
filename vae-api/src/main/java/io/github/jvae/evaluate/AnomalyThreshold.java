package io.github.jvae.evaluate;

import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import java.util.Arrays;

/**
 * A score above which an example is called anomalous.
 *
 * @param value in nats
 */
public record AnomalyThreshold(double value) {
  /** The quantiles that there can be a threshold of. */
  public static final Range QUANTILES = Range.between(0, 1);

  /**
   * Returns the least score that so large a share of given scores is not above: their quantile as
   * the inverse of the empirical distribution function, itself one of them. At most the rest of the
   * share is called anomalous.
   *
   * @param scores of usual examples, at least one; not changed
   * @param quantile above 0 and below 1
   * @throws VaeException if the quantile is out of range, or a score is not a number
   */
  public static AnomalyThreshold ofQuantile(double[] scores, double quantile) {
    QUANTILES.require("the quantile of a threshold", quantile);
    DetectionQuality.requireNumbers("usual", scores);
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    // Not up to the next one where the product is a whole number but for its rounding.
    int rank = (int) Math.ceil(quantile * sorted.length * (1 - 1e-12));
    return new AnomalyThreshold(sorted[Math.max(1, rank) - 1]);
  }

  /** Returns whether a score is above it. */
  public boolean isExceededBy(double score) {
    return score > value;
  }
}
