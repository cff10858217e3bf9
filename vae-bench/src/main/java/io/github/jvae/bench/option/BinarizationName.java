package io.github.jvae.bench.option;

import io.github.jvae.data.Binarization;
import io.github.jvae.error.VaeException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code none}, {@code threshold} or {@code stochastic}. */
public final class BinarizationName implements ITypeConverter<Binarization> {
  @Override
  public Binarization convert(String text) {
    try {
      return Binarization.of(text);
    } catch (VaeException e) {
      throw new TypeConversionException(
          "must be none, threshold or stochastic, not '" + text + "'");
    }
  }
}
