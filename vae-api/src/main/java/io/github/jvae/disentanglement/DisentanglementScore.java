package io.github.jvae.disentanglement;

import java.util.Locale;
import java.util.Optional;

/**
 * One number of a model.
 *
 * @param metric what it is
 * @param value NaN if there is none
 * @param standardError of the value, over resamples of the examples; NaN if there were none
 * @param obstacle why there is no value; empty where there is one
 */
public record DisentanglementScore(
    DisentanglementMetric metric, double value, double standardError, Optional<String> obstacle) {

  static DisentanglementScore missing(DisentanglementMetric metric, String obstacle) {
    return new DisentanglementScore(metric, Double.NaN, Double.NaN, Optional.of(obstacle));
  }

  /** Returns a name for files, in lower case, such as {@code dci_completeness}. */
  public String key() {
    return metric.name().toLowerCase(Locale.ROOT);
  }
}
