package io.github.jvae.bench.console;

import io.github.jvae.evaluate.Metrics;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an objective has beside the ELBO, in words. */
public final class ObjectiveTermsText {
  private ObjectiveTermsText() {}

  /** Returns the end of a line on a model's ELBO, such as {@code , iwae -91.20}; often nothing. */
  public static String of(Metrics metrics) {
    return metrics.terms().entrySet().stream()
        .map(term -> String.format(Locale.ROOT, ", %s %.4g", term.getKey(), term.getValue()))
        .collect(Collectors.joining());
  }
}
