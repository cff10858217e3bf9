package io.github.jvae.likelihood;

import io.github.jvae.tensor.Tensor;

/** The logarithm of a mean count, as a decoder makes it. */
final class LogRate {
  private static final double LEAST = -20;

  /** The logarithm of the greatest rate, which is above all counts. */
  static final double GREATEST = 20;

  /** What never occurred in training may yet do so. */
  private static final double LEAST_MEAN = 1e-3;

  private LogRate() {}

  /** Returns the rate of a logarithm, which is kept between -20 and 20: above all counts. */
  static Tensor rate(Tensor logRate) {
    return logRate.maximum(LEAST).minimum(GREATEST).exp();
  }

  /** Returns the logarithm that gives a mean. */
  static double of(double mean) {
    return Math.log(Math.max(mean, LEAST_MEAN));
  }
}
