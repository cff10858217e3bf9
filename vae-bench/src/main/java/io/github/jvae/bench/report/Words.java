package io.github.jvae.bench.report;

import io.github.jvae.bench.chart.NumberText;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and lists as the report says them. */
final class Words {
  private static final int DIGITS = 3;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm (xxx)", Locale.UK);

  private Words() {}

  /** A number; a dash where there is none. */
  static String number(@Nullable Double value) {
    return value == null ? NumberText.NONE : NumberText.of(value, DIGITS);
  }

  /** A number with its unit; a dash where there is none. */
  static String number(@Nullable Double value, String unit) {
    return value == null || Double.isNaN(value) ? NumberText.NONE : number(value) + " " + unit;
  }

  /** A count. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Nats per example, to a tenth or better, with the sign. */
  static String nats(@Nullable Double value) {
    if (value == null || !Double.isFinite(value)) {
      return number(value);
    }
    return (value > 0 ? "+" : "") + NumberText.of(value, Math.abs(value) < 100 ? 4 : 5);
  }

  /** A relative difference, to the digit that matters. */
  static String relative(double value) {
    return value == 0 ? "0" : NumberText.of(value, value < 1e-3 ? 1 : 2);
  }

  /** A ratio and what else it might be. */
  static String interval(Interval interval) {
    return NumberText.of(interval.low(), DIGITS) + " to " + NumberText.of(interval.high(), DIGITS);
  }

  /** A moment to the minute, where it was; anything else as it is. */
  static String moment(String iso) {
    try {
      return MOMENT.format(OffsetDateTime.parse(iso));
    } catch (DateTimeException e) {
      return iso;
    }
  }

  /** One, two and three. */
  static String list(List<String> parts) {
    if (parts.size() < 2) {
      return String.join("", parts);
    }
    int last = parts.size() - 1;
    return String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }
}
