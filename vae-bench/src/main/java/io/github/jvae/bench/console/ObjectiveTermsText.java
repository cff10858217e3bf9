package io.github.jvae.bench.console;

import io.github.jvae.evaluate.Metrics;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an objective has beside the ELBO, in words. */
public final class ObjectiveTermsText {
  private static final double SMALL = 10;

  private ObjectiveTermsText() {}

  /** Returns the end of a line on a model's ELBO, such as {@code , iwae -91.20}; often nothing. */
  public static String of(Metrics metrics) {
    return metrics.terms().entrySet().stream()
        .map(term -> ", " + term.getKey() + " " + number(term.getValue()))
        .collect(Collectors.joining());
  }

  /** Small numbers, which may be no nats, keep four digits. */
  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < SMALL ? "%.4g" : "%.2f", value);
  }
}
