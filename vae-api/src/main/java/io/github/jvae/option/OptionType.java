package io.github.jvae.option;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.List;

/**
 * What the values of an option may be. The check, the sentence that tells of its breach and the
 * words of a listing come from one place.
 *
 * @param <T> what a factory reads
 */
public interface OptionType<T> {

  /** Returns how a command line stands for a value, such as {@code N,...}. */
  String label();

  /** Returns what a value must be, such as {@code a whole number from 1 to 8}. */
  String demand();

  /**
   * Reads a value.
   *
   * @param place whose value it is, for messages
   * @throws VaeException if it is of another type, or out of range; one sentence that names the
   *     place, what is expected and what was given
   */
  T read(String place, OptionValue value);

  /** Returns the value that {@link #read} makes this of. */
  OptionValue write(T value);

  /** Returns the error that a value is something else than what it must be. */
  default VaeException mismatch(String place, OptionValue value) {
    return new ConfigurationException(
        place + " must be " + demand() + ", not " + Quote.bare(value));
  }

  /** Returns the type of whole numbers from one to another. */
  static OptionType<Integer> wholeNumber(int least, int greatest) {
    return new OptionTypes.WholeNumber(least, greatest);
  }

  /** Returns the type of whole numbers from one on. */
  static OptionType<Integer> wholeNumber(int least) {
    return wholeNumber(least, Integer.MAX_VALUE);
  }

  /** Returns the type of lists of whole numbers, each from one on. */
  static OptionType<List<Integer>> wholeNumbers(int least) {
    return new OptionTypes.WholeNumbers(least);
  }

  /** Returns the type of numbers in a range. */
  static OptionType<Double> number(Range range) {
    return new OptionTypes.RealNumber(range);
  }

  /** Returns the type of numbers in a range, and of some words beside them. */
  static OptionType<OptionValue> numberOr(Range range, String... words) {
    return new OptionTypes.NumberOrWord(new OptionTypes.RealNumber(range), List.of(words));
  }

  /** Returns the type of texts. */
  static OptionType<String> text() {
    return new OptionTypes.AnyText();
  }

  /** Returns the type of lists of texts. */
  static OptionType<List<String>> texts() {
    return new OptionTypes.Texts();
  }

  /** Returns the type of true and false. */
  static OptionType<Boolean> flag() {
    return new OptionTypes.TrueOrFalse();
  }

  /** Returns the type of an enumeration's constants, in lower case and with hyphens. */
  static <E extends Enum<E>> OptionType<E> choice(Class<E> constants) {
    return new OptionTypes.Choice<>(List.of(constants.getEnumConstants()));
  }
}
