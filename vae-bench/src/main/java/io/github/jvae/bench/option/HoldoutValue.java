package io.github.jvae.bench.option;

import io.github.jvae.data.Holdout;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of examples, a fraction of them, or 0 for none. */
public final class HoldoutValue implements ITypeConverter<Holdout> {
  @Override
  public Holdout convert(String text) {
    try {
      return Holdout.parse("it", text);
    } catch (VaeException e) {
      throw new TypeConversionException("must be a number of examples, a fraction between 0 and 1"
          + " such as 0.1, or 0 for none, not " + Quote.of(text));
    }
  }
}
