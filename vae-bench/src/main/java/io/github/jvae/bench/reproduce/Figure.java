package io.github.jvae.bench.reproduce;

import io.github.jvae.option.Options;
import java.util.Locale;

/**
 * A published figure.
 *
 * @param quantity what it is of
 * @param value in the quantity's unit
 * @param tolerance how far from it what is found may be and still count as the same, above 0, in
 *     the same unit
 * @param source who published it, and where
 */
public record Figure(Quantity quantity, double value, double tolerance, String source) {
  static final String QUANTITY = "quantity";
  static final String VALUE = "value";
  static final String TOLERANCE = "tolerance";
  static final String SOURCE = "source";

  /** Returns what becomes of it by what was found. */
  public Verdict verdict(double found) {
    if (found > value + tolerance) {
      return Verdict.MISSED;
    }
    return found < value - tolerance ? Verdict.BETTER : Verdict.WITHIN;
  }

  /** Returns it with its quantity, such as {@code -log p(x) 89.80}. */
  public String text() {
    return String.format(Locale.ROOT, "%s %.2f", quantity.text(), value);
  }

  Options toOptions() {
    return Options.none()
        .with(QUANTITY, quantity.text())
        .with(VALUE, value)
        .with(TOLERANCE, tolerance)
        .with(SOURCE, source);
  }
}
