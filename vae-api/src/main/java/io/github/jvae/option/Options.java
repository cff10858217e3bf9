package io.github.jvae.option;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Named values, such as the options of a component or what a file holds. Immutable, and equal to
 * others with the same values; they keep the order in which they were added.
 */
public final class Options implements OptionValue {
  private static final Options NONE = new Options(Map.of());

  private final Map<String, OptionValue> values;

  private Options(Map<String, OptionValue> values) {
    this.values = values;
  }

  /** Returns no values. */
  public static Options none() {
    return NONE;
  }

  /** Returns a copy of a map's values, in its order. */
  public static Options of(Map<String, ? extends OptionValue> values) {
    return new Options(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
  }

  /** Returns the same with one more value, or with another one of that name. */
  public Options with(String name, OptionValue value) {
    Map<String, OptionValue> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Options(Collections.unmodifiableMap(more));
  }

  /** Returns the same with one more value, true or false. */
  public Options with(String name, boolean value) {
    return with(name, OptionValue.of(value));
  }

  /** Returns the same with one more value, a whole number. */
  public Options with(String name, long value) {
    return with(name, OptionValue.of(value));
  }

  /** Returns the same with one more value, a number. */
  public Options with(String name, double value) {
    return with(name, OptionValue.of(value));
  }

  /** Returns the same with one more value, a text. */
  public Options with(String name, String value) {
    return with(name, OptionValue.of(value));
  }

  /** Returns the same with all values of others, which win where both have a name. */
  public Options with(Options others) {
    Map<String, OptionValue> more = new LinkedHashMap<>(values);
    more.putAll(others.values);
    return new Options(Collections.unmodifiableMap(more));
  }

  /** Returns the same without one of the values. */
  public Options without(String name) {
    Map<String, OptionValue> fewer = new LinkedHashMap<>(values);
    fewer.remove(name);
    return new Options(Collections.unmodifiableMap(fewer));
  }

  /** Returns the same in the order of the names. */
  public Options sorted() {
    return new Options(Collections.unmodifiableMap(new TreeMap<>(values)));
  }

  /** Returns a value, or null if there is none of that name. */
  public @Nullable OptionValue get(String name) {
    return values.get(name);
  }

  /** Returns whether there is a value of that name. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns all names, in order. */
  public Set<String> names() {
    return values.keySet();
  }

  /** Returns all values by name, in order; it cannot be changed. */
  public Map<String, OptionValue> values() {
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Options options && options.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
