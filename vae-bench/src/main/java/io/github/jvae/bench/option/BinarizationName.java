package io.github.jvae.bench.option;

import io.github.jvae.data.Binarization;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code none}, {@code threshold}, {@code stochastic} or {@code fixed}. */
public final class BinarizationName implements ITypeConverter<Transforms> {
  @Override
  public Transforms convert(String text) {
    try {
      return Binarization.of(text);
    } catch (VaeException e) {
      throw new TypeConversionException(
          "must be none, threshold, stochastic or fixed, not " + Quote.of(text));
    }
  }
}
