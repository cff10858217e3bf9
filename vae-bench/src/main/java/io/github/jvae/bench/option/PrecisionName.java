package io.github.jvae.bench.option;

import io.github.jvae.backend.Precision;
import io.github.jvae.internal.Quote;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code float32} or {@code bf16}. */
public final class PrecisionName implements ITypeConverter<Precision> {
  @Override
  public Precision convert(String text) {
    return switch (text) {
      case "float32" -> Precision.FLOAT32;
      case "bf16", "bfloat16" -> Precision.BFLOAT16;
      default ->
        throw new TypeConversionException("must be float32 or bf16, not " + Quote.of(text));
    };
  }

  /** The name of a precision, as it is read. */
  public static String of(Precision precision) {
    return precision == Precision.FLOAT32 ? "float32" : "bf16";
  }
}
