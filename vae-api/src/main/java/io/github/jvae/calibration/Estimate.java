package io.github.jvae.calibration;

/**
 * A number that was estimated.
 *
 * @param value the estimate
 * @param standardError of it; not a number where it is one of a single example
 */
public record Estimate(double value, double standardError) {

  /** Returns the mean of some numbers. */
  static Estimate mean(double[] terms) {
    double sum = 0;
    for (double term : terms) {
      sum += term;
    }
    double mean = sum / terms.length;
    double squares = 0;
    for (double term : terms) {
      squares += (term - mean) * (term - mean);
    }
    return new Estimate(mean, Math.sqrt(squares / (terms.length - 1.0) / terms.length));
  }
}
