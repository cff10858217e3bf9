package io.github.jvae.bench.console;

import java.util.Locale;

/** A standard error in words, also where there is none because only one number was seen. */
public final class StandardError {
  private StandardError() {}

  /** Returns a text such as {@code standard error 0.12}. */
  public static String text(double value, int decimals) {
    return Double.isNaN(value)
        ? "one example has no standard error"
        : String.format(Locale.ROOT, "standard error %." + decimals + "f", value);
  }

  /** The number alone, or a dash. */
  public static String number(double value, int decimals) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
