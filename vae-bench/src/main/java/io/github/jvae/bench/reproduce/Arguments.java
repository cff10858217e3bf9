package io.github.jvae.bench.reproduce;

import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The options of a command as a recipe has them: each name with its dashes, and text, a number, or
 * {@code true} for an option that takes nothing.
 *
 * @param options by name, in the order in which they are typed
 */
public record Arguments(Options options) {
  /** None. */
  public static Arguments none() {
    return new Arguments(Options.none());
  }

  /** Returns these with others, which replace those of the same name. */
  public Arguments with(Arguments others) {
    return new Arguments(options.with(others.options));
  }

  /** Returns these with another. */
  public Arguments with(String name, String value) {
    return new Arguments(options.with(name, value));
  }

  /** Returns these without one. */
  public Arguments without(String name) {
    return new Arguments(options.without(name));
  }

  /** Returns what an option is given; empty if it is not there. */
  public String text(String name) {
    OptionValue value = options.get(name);
    return value == null ? "" : text(value);
  }

  /** Returns whether an option is there. */
  public boolean has(String name) {
    return options.has(name);
  }

  /** Returns the words of a command line. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    options.names().forEach(name -> words.addAll(words(name)));
    return words;
  }

  /** Returns the words of one option. */
  public List<String> words(String name) {
    OptionValue value = options.get(name);
    return value instanceof OptionValue.Flag ? List.of(name) : List.of(name, text(name));
  }

  static String text(OptionValue value) {
    return value instanceof OptionValue.Text text ? text.value() : value.toString();
  }

  /** Returns a command as it is typed in a shell. */
  public static String line(List<String> words) {
    return words.stream().map(Arguments::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
