package io.github.jvae.evaluate;

/** The mean and spread of numbers as they come, by Welford's method. */
final class RunningMean {
  private long count;
  private double mean;
  private double squares;

  void add(double value) {
    count++;
    double difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  }

  void addAll(float[] values) {
    for (float value : values) {
      add(value);
    }
  }

  long count() {
    return count;
  }

  double value() {
    return mean;
  }

  /** Returns the variance of what was added, as a sample; not a number for fewer than two. */
  double variance() {
    return count < 2 ? Double.NaN : squares / (count - 1);
  }

  double standardError() {
    return Math.sqrt(variance() / count);
  }
}
