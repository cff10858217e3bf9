package io.github.jvae.option;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value that an option may have. Values are immutable and equal by content; a whole number is not
 * the number of the same size, so that what is written is what was read.
 *
 * <p>{@link Object#toString} gives a value as messages repeat it, in the look of JSON.
 */
public sealed interface OptionValue
    permits OptionValue.Nothing,
        OptionValue.Flag,
        OptionValue.Whole,
        OptionValue.Real,
        OptionValue.Text,
        OptionValue.Items,
        Options {

  /** No value, where a file has {@code null}. */
  enum Nothing implements OptionValue {
    /** The only one. */
    NOTHING;

    @Override
    public String toString() {
      return "null";
    }
  }

  /**
   * True or false.
   *
   * @param value which
   */
  record Flag(boolean value) implements OptionValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /**
   * A whole number of any size.
   *
   * @param value the number
   */
  record Whole(BigInteger value) implements OptionValue {

    /** Returns whether it lies between two numbers, both included. */
    public boolean isWithin(long least, long greatest) {
      return value.bitLength() < Long.SIZE
          && value.longValue() >= least
          && value.longValue() <= greatest;
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /**
   * A number that is not written as a whole one.
   *
   * @param value the number
   */
  record Real(double value) implements OptionValue {
    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /**
   * A word or any other text.
   *
   * @param value the text
   */
  record Text(String value) implements OptionValue {
    @Override
    public String toString() {
      return '"' + value + '"';
    }
  }

  /**
   * Values in order.
   *
   * @param values the values
   */
  record Items(List<OptionValue> values) implements OptionValue {
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.stream().map(OptionValue::toString).collect(Collectors.joining(",", "[", "]"));
    }
  }

  /** Returns true or false as a value. */
  static OptionValue of(boolean value) {
    return new Flag(value);
  }

  /** Returns a whole number as a value. */
  static OptionValue of(long value) {
    return new Whole(BigInteger.valueOf(value));
  }

  /** Returns a number as a value. */
  static OptionValue of(double value) {
    return new Real(value);
  }

  /** Returns a text as a value. */
  static OptionValue of(String value) {
    return new Text(value);
  }

  /** Returns whole numbers as a value. */
  static OptionValue of(List<Integer> values) {
    return new Items(values.stream().map(value -> of(value.longValue())).toList());
  }

  /** Returns a text as a value, or that there is none. */
  static OptionValue ofNullable(@Nullable String value) {
    return value == null ? Nothing.NOTHING : of(value);
  }

  /** Returns a whole number as a value, or that there is none. */
  static OptionValue ofNullable(@Nullable Integer value) {
    return value == null ? Nothing.NOTHING : of(value.longValue());
  }
}
