package io.github.jvae;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Kind;
import java.util.Arrays;
import java.util.Optional;

/**
 * One component in a configuration: its name and its options, as in {@code {"type": "gaussian",
 * "sigma": 0.1}}.
 *
 * @param type the name a plugin gave it
 * @param options everything beside the type, in the order of the names
 */
public record ComponentConfig(String type, Options options) {
  private static final String TYPE = "type";

  public ComponentConfig {
    options = options.sorted();
  }

  /** Returns a component without options. */
  public static ComponentConfig of(String type) {
    return new ComponentConfig(type, Options.none());
  }

  /** Returns the same with one more option: a number. */
  public ComponentConfig with(String key, double value) {
    return with(key, OptionValue.of(value));
  }

  /** Returns the same with one more option: a word. */
  public ComponentConfig with(String key, String value) {
    return with(key, OptionValue.of(value));
  }

  /** Returns the same with one more option: a whole number. */
  public ComponentConfig with(String key, int value) {
    return with(key, OptionValue.of((long) value));
  }

  /** Returns the same with one more option: whole numbers. */
  public ComponentConfig with(String key, int[] values) {
    return with(key, OptionValue.of(Arrays.stream(values).boxed().toList()));
  }

  /** Returns the same with one more option. */
  public ComponentConfig with(String key, OptionValue value) {
    return new ComponentConfig(type, options.with(key, value));
  }

  /**
   * Reads {@code {"type": …, …}}, or a bare name.
   *
   * @param what which component, for messages
   * @throws VaeException if it is neither
   */
  static ComponentConfig of(String what, OptionValue value) {
    if (value instanceof OptionValue.Text name) {
      return of(name.value());
    }
    if (value instanceof Options options && options.get(TYPE) instanceof OptionValue.Text name) {
      return new ComponentConfig(name.value(), options.without(TYPE));
    }
    throw new VaeException(what + " must be {\"type\": \"…\", …}, not " + Quote.bare(value));
  }

  /** Returns the same with every option written out. */
  ComponentConfig complete(Catalogue catalogue, Kind<?> kind) {
    return new ComponentConfig(type, catalogue.complete(kind, type, options));
  }

  /** Returns the same, from a saved model, with the options that were added since. */
  ComponentConfig saved(Catalogue catalogue, Kind<?> kind) {
    Options known = options;
    for (OptionDescription<?> description : catalogue.options(kind, type)) {
      Optional<OptionValue> former = description.former();
      if (former.isPresent() && !known.has(description.name()) && description.appliesTo(known)) {
        known = known.with(description.name(), former.get());
      }
    }
    return new ComponentConfig(type, known);
  }

  /** Returns this as {@link #of(String, OptionValue)} reads it. */
  Options toOptions() {
    return Options.none().with(TYPE, type).with(options);
  }
}
