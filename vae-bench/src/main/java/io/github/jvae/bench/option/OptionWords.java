package io.github.jvae.bench.option;

import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionValue;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words in which listings and the help tell of a component's option. */
public final class OptionWords {
  private OptionWords() {}

  /** Returns what an option is for, what it may be, and its default. */
  public static String of(OptionDescription<?> option) {
    String demand = option.type().demand();
    return option.sentence() + " "
        + demand.substring(0, 1).toUpperCase(Locale.ROOT) + demand.substring(1)
        + option.place().map(place -> "; only with " + place).orElse("") + ". "
        + option
            .otherwise()
            .map(value -> "Default: " + plain(value) + ".")
            .orElse("It must be given.");
  }

  /** Returns a value as one types it. */
  public static String plain(OptionValue value) {
    if (value instanceof OptionValue.Items items) {
      return items.values().stream().map(OptionWords::plain).collect(Collectors.joining(","));
    }
    return value instanceof OptionValue.Text text ? text.value() : value.toString();
  }
}
