package io.github.jvae.option.internal;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All options that one component knows.
 *
 * @param owner whose they are, for messages, such as {@code likelihood gaussian}
 * @param descriptions the options, each after those that it depends on
 */
public record DeclaredOptions(String owner, List<OptionDescription<?>> descriptions) {

  /** @throws IllegalArgumentException if an option is declared twice */
  public DeclaredOptions {
    descriptions = List.copyOf(descriptions);
    Map<String, Long> counts = descriptions.stream()
        .collect(Collectors.groupingBy(OptionDescription::name, Collectors.counting()));
    counts.forEach((name, count) -> {
      if (count > 1) {
        throw new IllegalArgumentException(owner + " declares its option " + name + " twice");
      }
    });
  }

  /**
   * Checks options and writes out those that are left to their defaults.
   *
   * @return every option, in the order of their names
   * @throws VaeException if one is unknown, missing, of the wrong type or out of range
   */
  public Options complete(Options given) {
    requireKnown(given);
    Options complete = Options.none();
    for (OptionDescription<?> description : descriptions) {
      complete = complete(description, given, complete);
    }
    return complete.sorted();
  }

  private Options complete(OptionDescription<?> description, Options given, Options before) {
    String name = description.name();
    OptionValue value = given.get(name);
    if (!description.appliesTo(before)) {
      if (value != null) {
        throw new ConfigurationException(owner + ": " + name + " goes with "
            + description.place().orElseThrow() + " only; leave it out");
      }
      return before;
    }
    if (value == null) {
      return before.with(
          name,
          description
              .otherwise()
              .orElseThrow(() -> new ConfigurationException(owner + ": " + name
                  + " is missing; it must be " + description.type().demand())));
    }
    description.type().read(owner + ": " + name, value);
    return before.with(name, value);
  }

  private void requireKnown(Options given) {
    Set<String> unknown = new TreeSet<>(given.names());
    List<String> known = descriptions.stream().map(OptionDescription::name).toList();
    known.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new ConfigurationException(owner + ": unknown option " + Quote.list(unknown)
          + "; it knows " + (known.isEmpty() ? "none" : String.join(", ", known)));
    }
  }
}
