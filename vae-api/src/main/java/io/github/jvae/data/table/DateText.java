package io.github.jvae.data.table;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Dates as numbers: whole days since 1970-01-01, or, where the format has a time of day, seconds
 * since the beginning of a day near the data, as single precision holds whole seconds of only 194
 * days exactly (24 bits): of a span of S seconds it keeps S / 2^24.
 *
 * @param format the letters of {@link DateTimeFormatter}, such as {@code yyyy-MM-dd HH:mm}
 * @param origin the day that days or seconds are counted from; {@link LocalDate#MIN} where that is
 *     not known yet
 */
public record DateText(String format, LocalDate origin) {
  private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);

  private static final List<String> USUAL = List.of(
      "yyyy-MM-dd",
      "yyyy/MM/dd",
      "dd.MM.yyyy",
      "dd/MM/yyyy",
      "MM/dd/yyyy",
      "yyyy-MM-dd HH:mm",
      "yyyy-MM-dd HH:mm:ss",
      "yyyy-MM-dd HH:mm:ss.SSS",
      "yyyy-MM-dd'T'HH:mm",
      "yyyy-MM-dd'T'HH:mm:ss",
      "yyyy-MM-dd'T'HH:mm:ss'Z'",
      "yyyy-MM-dd'T'HH:mm:ss.SSS",
      "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
      "dd.MM.yyyy HH:mm",
      "dd.MM.yyyy HH:mm:ss",
      "yyyy/MM/dd HH:mm:ss");

  private static final LocalDateTime EARLIEST = LocalDate.of(1, 1, 1).atStartOfDay();
  private static final LocalDateTime LATEST = LocalDate.of(9999, 12, 31).atStartOfDay();
  private static final double SECONDS_OF_DAY = 86_400;
  private static final double MILLIS = 1000;

  /**
   * Checks the format.
   *
   * @throws io.github.jvae.error.VaeException if it is none
   */
  public DateText {
    formatter(format);
  }

  private static DateTimeFormatter formatter(String format) {
    try {
      // Strict, as 31 February would else be the 28th; which needs years without an era.
      return DateTimeFormatter.ofPattern(format.replace('y', 'u'), Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "there is no format of dates " + Quote.of(format)
              + "; write one such as yyyy-MM-dd HH:mm:ss",
          e);
    }
  }

  /** Describes dates that are written in a format; what seconds are counted from is open. */
  DateText(String format) {
    this(format, isTimed(format) ? LocalDate.MIN : EPOCH);
  }

  /** Returns whether it is known what the numbers are counted from. */
  boolean isCoded() {
    return !origin.equals(LocalDate.MIN);
  }

  /** Returns whether the format has a time of day, so that numbers are seconds and not days. */
  boolean isTimed() {
    return isTimed(format);
  }

  /** Returns the usual formats that all of some texts are written in. */
  static List<String> formatsOf(List<String> texts) {
    return USUAL.stream().filter(format -> fits(format, texts)).toList();
  }

  /** Returns whether all of some texts are written in a format. */
  static boolean fits(String format, List<String> texts) {
    DateTimeFormatter formatter = formatter(format);
    return texts.stream().allMatch(text -> moment(formatter, text).isPresent());
  }

  /**
   * Returns a format with the origin that suits some texts.
   *
   * @param texts which are written in the format; at least one
   */
  static DateText of(String format, List<String> texts) {
    DateTimeFormatter formatter = formatter(format);
    boolean timed = isTimed(format);
    LocalDate first = texts.stream()
        .flatMap(text -> moment(formatter, text).stream())
        .map(LocalDateTime::toLocalDate)
        .min(LocalDate::compareTo)
        .orElse(EPOCH);
    return new DateText(format, timed ? first : EPOCH);
  }

  private static boolean isTimed(String format) {
    return format.indexOf('H') >= 0 || format.indexOf('h') >= 0;
  }

  private static Optional<LocalDateTime> moment(DateTimeFormatter formatter, String text) {
    try {
      TemporalAccessor read = formatter.parse(text);
      LocalTime time = read.query(TemporalQueries.localTime());
      return Optional.of(LocalDate.from(read).atTime(time == null ? LocalTime.MIDNIGHT : time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns a reader of texts in this format. */
  Reader reader() {
    return new Reader(formatter(format), isTimed(format), origin);
  }

  /** Returns the text of a number; of years that have not four digits, the nearest that has. */
  String text(double number) {
    LocalDateTime start = origin.atStartOfDay();
    double days = isTimed() ? number / SECONDS_OF_DAY : number;
    if (start.until(LATEST, ChronoUnit.DAYS) <= days) {
      return formatter(format).format(LATEST);
    }
    if (start.until(EARLIEST, ChronoUnit.DAYS) >= days) {
      return formatter(format).format(EARLIEST);
    }
    return formatter(format)
        .format(
            isTimed()
                ? start.plus(Duration.ofMillis(Math.round(number * MILLIS)))
                : start.plusDays(Math.round(number)));
  }

  /** Makes numbers of texts. */
  record Reader(DateTimeFormatter formatter, boolean timed, LocalDate origin) {

    /** Returns the number of a text; NaN if it is not written in the format. */
    double number(String text) {
      LocalDateTime moment = moment(formatter, text).orElse(null);
      if (moment == null) {
        return Double.NaN;
      }
      LocalDateTime start = origin.atStartOfDay();
      return timed
          ? start.until(moment, ChronoUnit.MILLIS) / MILLIS
          : start.until(moment, ChronoUnit.DAYS);
    }
  }
}
