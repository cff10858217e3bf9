package io.github.jvae.bench.option;

import io.github.jvae.bench.speed.Workload;
import io.github.jvae.internal.Quote;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a workload. */
public final class WorkloadName implements ITypeConverter<Workload> {
  @Override
  public Workload convert(String text) {
    return Arrays.stream(Workload.values())
        .filter(workload -> workload.text().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("must be "
            + Arrays.stream(Workload.values())
                .map(Workload::text)
                .collect(Collectors.joining(" or "))
            + ", not " + Quote.of(text)));
  }
}
