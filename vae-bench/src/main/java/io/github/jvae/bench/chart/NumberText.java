package io.github.jvae.bench.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
public final class NumberText {
  private static final double SMALLEST_PLAIN = 1e-3;
  private static final double LARGEST_PLAIN = 1e7;

  /** What stands for a number that is not there. */
  public static final String NONE = "–";

  private NumberText() {}

  /**
   * A number rounded to so many digits that count, but never to fewer than its whole part has:
   * 1,234 and 0.0123 and 1.2e-5, with a true minus sign; a dash for what is no number.
   */
  public static String of(double value, int digits) {
    if (!Double.isFinite(value)) {
      return unbounded(value);
    }
    double size = Math.abs(value);
    String text;
    if (size != 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN)) {
      text = scientific(size, digits);
    } else {
      BigDecimal rounded = new BigDecimal(size).round(new MathContext(digits));
      int whole = rounded.precision() - rounded.scale();
      int fraction = Math.max(0, size == 0 ? 0 : digits - Math.max(1, whole));
      // Leading zeros behind the point do not count.
      fraction += size != 0 && whole < 1 ? 1 - whole : 0;
      text = String.format(Locale.ROOT, "%,." + fraction + "f", size);
    }
    return value < 0 ? "−" + text : text;
  }

  /** The same for a console, with a hyphen for a minus sign. */
  public static String plain(double value, int digits) {
    return of(value, digits).replace('−', '-');
  }

  private static String unbounded(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    return value > 0 ? "∞" : "−∞";
  }

  private static String scientific(double size, int digits) {
    String text = String.format(Locale.ROOT, "%." + (digits - 1) + "e", size);
    int e = text.indexOf('e');
    return text.substring(0, e) + "e" + Integer.parseInt(text.substring(e + 1));
  }

  /**
   * A round number, such as a setting or a place on a scale, without zeros that say nothing; a dash
   * for what is no number.
   */
  public static String tick(double value) {
    if (!Double.isFinite(value)) {
      return unbounded(value);
    }
    double size = Math.abs(value);
    String text;
    if (size != 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN)) {
      text = scientific(size, 6).replaceFirst("\\.?0+e", "e");
    } else {
      text = String.format(Locale.ROOT, "%,.6f", size).replaceFirst("\\.?0+$", "");
    }
    return value < 0 ? "−" + text : text;
  }
}
