package io.github.jvae.bench.option;

import io.github.jvae.internal.Quote;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads any whole number that a {@code long} holds, such as a seed. */
public final class AnyLong implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("must be a whole number from " + Long.MIN_VALUE + " to "
          + Long.MAX_VALUE + ", not " + Quote.of(text));
    }
  }
}
