package io.github.jvae.bench.option;

import io.github.jvae.error.VaeException;
import io.github.jvae.option.OptionDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * What several owners say of their options of one name, which have one flag.
 *
 * @param byOwner how each owner that has it describes it
 */
record DescribedFlag(SortedMap<String, OptionDescription<?>> byOwner) {

  /** Returns a flag for picocli, without what is made of its value. */
  OptionSpec.Builder spec(List<String> names) {
    String labels = byOwner.values().stream()
        .map(description -> description.type().label())
        .distinct()
        .collect(Collectors.joining("|"));
    return OptionSpec.builder(names.toArray(String[]::new))
        .paramLabel(labels)
        .hideParamSyntax(true)
        .description(words().replace("%", "%%"));
  }

  /** Returns what the option does for each owner; those that describe it alike, together. */
  private String words() {
    Map<OptionDescription<?>, List<String>> owners = new LinkedHashMap<>();
    byOwner.forEach((owner, description) ->
        owners.computeIfAbsent(description, d -> new ArrayList<>()).add(owner));
    return owners.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + ": " + OptionWords.of(entry.getKey()))
        .collect(Collectors.joining(" "));
  }

  /**
   * Returns what the first owner that takes a text makes of it.
   *
   * @param heard an owner whose refusal is told where all refuse; any other's where it has none
   * @throws TypeConversionException if none takes it
   */
  <T> T accepted(BiFunction<String, OptionDescription<?>, T> reading, Iterable<String> heard) {
    Map<String, VaeException> faults = new LinkedHashMap<>();
    for (Map.Entry<String, OptionDescription<?>> described : byOwner.entrySet()) {
      try {
        return reading.apply(described.getKey(), described.getValue());
      } catch (VaeException e) {
        faults.put(described.getKey(), e);
      }
    }
    @Nullable VaeException fault = faults.values().stream().findFirst().orElse(null);
    for (String owner : heard) {
      fault = faults.getOrDefault(owner, fault);
    }
    throw new TypeConversionException(fault == null ? "" : String.valueOf(fault.getMessage()));
  }
}
