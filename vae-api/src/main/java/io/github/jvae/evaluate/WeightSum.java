package io.github.jvae.evaluate;

/**
 * The mean of weights of which only the logarithms can be held, and how sure it is. Adding one at a
 * time, it needs no memory of those before.
 */
final class WeightSum {
  private long count;
  /** The greatest logarithm so far; the sums are of weights divided by its exponential. */
  private double greatest = Double.NEGATIVE_INFINITY;

  private double sum;
  private double squares;

  void add(double logWeight) {
    count++;
    if (logWeight > greatest) {
      double shrink = Math.exp(greatest - logWeight);
      sum *= shrink;
      squares *= shrink * shrink;
      greatest = logWeight;
    }
    double weight = Double.isInfinite(greatest) ? 0 : Math.exp(logWeight - greatest);
    sum += weight;
    squares += weight * weight;
  }

  /** The logarithm of the mean weight. */
  double logMean() {
    return greatest + Math.log(sum / count);
  }

  /**
   * The standard error of {@link #logMean}, by the delta method; not a number for a single weight.
   */
  double standardError() {
    double mean = sum / count;
    double variance = (squares / count - mean * mean) * count / (count - 1);
    return Math.sqrt(Math.max(0, variance) / count) / mean;
  }

  /** How many weights that are all the same would be as good (Kong, 1992). */
  double effectiveSampleSize() {
    return sum * sum / squares;
  }
}
