package io.github.jvae.bench.option;

import io.github.jvae.internal.Quote;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads any number; which ones an option takes is said by the command. */
public final class AnyNumber implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("must be a number, not " + Quote.of(text));
    }
  }
}
