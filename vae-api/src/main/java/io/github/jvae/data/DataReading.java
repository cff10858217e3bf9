package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;

/**
 * How a path was read, so that others are read alike. Models are published with it, so it holds no
 * path.
 *
 * @param format the name of the {@link DataFormat}
 * @param options all of the format's options, with what it found out by itself
 */
public record DataReading(String format, Options options) {
  private static final String FORMAT = "format";
  private static final String OPTIONS = "options";

  /**
   * Reads what {@link #toOptions} makes.
   *
   * @throws io.github.jvae.error.VaeException if it is anything else
   */
  public static DataReading of(OptionValue value) {
    if (value instanceof Options reading
        && reading.get(FORMAT) instanceof OptionValue.Text format
        && reading.get(OPTIONS) instanceof Options options) {
      return new DataReading(format.value(), options);
    }
    throw new DataException("reading must have a format and options { … }, not " + Quote.of(value));
  }

  /** Returns this as {@link #of} reads it. */
  public Options toOptions() {
    return Options.none().with(FORMAT, format).with(OPTIONS, options);
  }
}
