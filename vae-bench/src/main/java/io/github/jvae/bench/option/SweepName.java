package io.github.jvae.bench.option;

import io.github.jvae.bench.sweep.Sweep;
import io.github.jvae.bench.sweep.SweptQuantity;
import io.github.jvae.internal.Quote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a sweep, such as {@code batch=1,8,32}. */
public final class SweepName implements ITypeConverter<Sweep> {
  @Override
  public Sweep convert(String text) {
    String[] sides = text.split("=", 2);
    if (sides.length < 2) {
      throw new TypeConversionException(
          "must be a name and values, such as batch=1,8,32, not " + Quote.of(text));
    }
    List<Integer> values = new ArrayList<>();
    for (String value : sides[1].split(",", -1)) {
      values.add(new PositiveInteger().convert(value));
    }
    return new Sweep(quantity(sides[0]), values);
  }

  private static SweptQuantity quantity(String text) {
    return Arrays.stream(SweptQuantity.values())
        .filter(quantity -> quantity.text().equals(text.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("must vary one of "
            + Arrays.stream(SweptQuantity.values())
                .map(SweptQuantity::text)
                .collect(Collectors.joining(", "))
            + ", not " + Quote.of(text)));
  }
}
