package io.github.jvae.bench.option;

import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.OptionValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was typed for an option, as the value that the option's type makes of it. */
final class TypedText {
  /** More digits than any number that an option may be; text, as of a wrong paste, is long. */
  private static final int LONGEST_NUMBER = 400;

  private TypedText() {}

  /**
   * Returns the value that a text stands for and that a type takes; where it takes none, but says
   * more of one than that its type is wrong, such as its range, that one: the component says it,
   * with all else that is wrong.
   *
   * @param flag as messages call it
   * @throws VaeException if the type takes none
   */
  static OptionValue read(String flag, OptionType<?> type, String text) {
    OptionValue outOfRange = null;
    for (OptionValue value : readings(text)) {
      try {
        type.read(flag, value);
        return value;
      } catch (VaeException e) {
        String mismatch = String.valueOf(type.mismatch(flag, value).getMessage());
        outOfRange = mismatch.equals(e.getMessage()) ? outOfRange : value;
      }
    }
    if (outOfRange == null) {
      throw new VaeException(flag + " must be " + type.demand() + ", not " + Quote.of(text));
    }
    return outOfRange;
  }

  /** Returns the value that a text looks like, where nothing says what it should be. */
  static OptionValue looksLike(String text) {
    return JsonFile.value(text).orElseGet(() -> OptionValue.of(text));
  }

  private static List<OptionValue> readings(String text) {
    List<OptionValue> readings = new ArrayList<>();
    addNumber(readings, text.strip());
    if (text.equals("true") || text.equals("false")) {
      readings.add(OptionValue.of(text.equals("true")));
    }
    if (text.startsWith("[") || text.startsWith("{")) {
      JsonFile.value(text).ifPresent(readings::add);
    }
    readings.add(OptionValue.of(text));
    readings.add(new OptionValue.Items(
        Arrays.stream(text.split(",", -1)).map(TypedText::element).toList()));
    return readings;
  }

  private static OptionValue element(String text) {
    List<OptionValue> numbers = new ArrayList<>();
    addNumber(numbers, text.strip());
    return numbers.isEmpty() ? OptionValue.of(text) : numbers.get(0);
  }

  private static void addNumber(List<OptionValue> readings, String text) {
    if (text.length() > LONGEST_NUMBER) {
      return;
    }
    try {
      readings.add(new OptionValue.Whole(new BigInteger(text)));
    } catch (NumberFormatException e) {
      try {
        readings.add(OptionValue.of(Double.parseDouble(text)));
      } catch (NumberFormatException again) {
        // No number, then.
      }
    }
  }
}
