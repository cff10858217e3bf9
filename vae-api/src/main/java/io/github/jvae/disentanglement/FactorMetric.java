package io.github.jvae.disentanglement;

import io.github.jvae.random.RandomStream;
import java.util.List;
import java.util.Optional;

/** Measures how codes and factors go together. */
interface FactorMetric {
  /** Returns what the numbers are that this gives. */
  List<DisentanglementMetric> measures();

  /** Returns why one of the numbers has no meaning for codes of this kind; empty if it has. */
  Optional<String> obstacle(DisentanglementMetric measure, FactoredCodes codes);

  /**
   * Returns the numbers, in the order of {@link #measures}; NaN where no factor varies.
   *
   * @param random of all that is drawn
   */
  List<Double> of(FactoredCodes codes, RandomStream random);

  /** Returns an obstacle unless there are two latent dimensions to tell apart. */
  static Optional<String> fewerThanTwoDimensions(FactoredCodes codes) {
    return codes.latent() < 2 ? Optional.of("needs two latent dimensions") : Optional.empty();
  }

  /** Returns an obstacle unless there are two factors to tell apart. */
  static Optional<String> fewerThanTwoFactors(FactoredCodes codes) {
    return codes.factors().size() < 2 ? Optional.of("needs two factors") : Optional.empty();
  }

  /** Returns how far the greatest number is above the second greatest. */
  static double gap(double[] values) {
    double first = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      second = Math.max(second, Math.min(first, value));
      first = Math.max(first, value);
    }
    return first - second;
  }
}
