package io.github.jvae.bench.option;

import io.github.jvae.bench.jmh.Operation;
import io.github.jvae.internal.Quote;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an operation that is benchmarked. */
public final class OperationName implements ITypeConverter<Operation> {
  @Override
  public Operation convert(String text) {
    return Arrays.stream(Operation.values())
        .filter(operation -> operation.text().equals(text.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("must be "
            + Arrays.stream(Operation.values())
                .map(Operation::text)
                .collect(Collectors.joining(" or "))
            + ", not " + Quote.of(text)));
  }
}
