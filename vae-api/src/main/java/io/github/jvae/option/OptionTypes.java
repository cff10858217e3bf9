package io.github.jvae.option;

import io.github.jvae.error.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The types that {@link OptionType} offers. */
final class OptionTypes {
  private OptionTypes() {}

  record WholeNumber(int least, int greatest) implements OptionType<Integer> {
    @Override
    public String label() {
      return "N";
    }

    @Override
    public String demand() {
      return "a whole number from " + least + " to " + greatest;
    }

    @Override
    public Integer read(String place, OptionValue value) {
      if (value instanceof OptionValue.Whole whole && whole.isWithin(least, greatest)) {
        return whole.value().intValue();
      }
      throw mismatch(place, value);
    }

    @Override
    public OptionValue write(Integer value) {
      return OptionValue.of(value.longValue());
    }
  }

  record WholeNumbers(int least) implements OptionType<List<Integer>> {
    @Override
    public String label() {
      return "N,...";
    }

    @Override
    public String demand() {
      return "a list of whole numbers from " + least + " to " + Integer.MAX_VALUE;
    }

    @Override
    public List<Integer> read(String place, OptionValue value) {
      if (!(value instanceof OptionValue.Items items)) {
        throw mismatch(place, value);
      }
      List<Integer> numbers = new ArrayList<>();
      for (OptionValue item : items.values()) {
        if (!(item instanceof OptionValue.Whole whole)
            || !whole.isWithin(least, Integer.MAX_VALUE)) {
          throw mismatch(place, value);
        }
        numbers.add(whole.value().intValue());
      }
      return List.copyOf(numbers);
    }

    @Override
    public OptionValue write(List<Integer> value) {
      return OptionValue.of(value);
    }
  }

  record RealNumber(Range range) implements OptionType<Double> {
    @Override
    public String label() {
      return "NUMBER";
    }

    @Override
    public String demand() {
      return "a number " + range;
    }

    @Override
    public Double read(String place, OptionValue value) {
      if (value instanceof OptionValue.Real real) {
        return range.require(place, real.value());
      }
      if (value instanceof OptionValue.Whole whole) {
        return range.require(place, whole.value().doubleValue());
      }
      throw mismatch(place, value);
    }

    @Override
    public OptionValue write(Double value) {
      return OptionValue.of(value.doubleValue());
    }
  }

  record NumberOrWord(RealNumber number, List<String> words) implements OptionType<OptionValue> {
    @Override
    public String label() {
      return number.label() + "|" + String.join("|", words);
    }

    @Override
    public String demand() {
      return number.demand() + ", " + String.join(" or ", words);
    }

    @Override
    public OptionValue read(String place, OptionValue value) {
      if (value instanceof OptionValue.Whole || value instanceof OptionValue.Real) {
        return OptionValue.of(number.read(place, value).doubleValue());
      }
      if (value instanceof OptionValue.Text text && words.contains(text.value())) {
        return value;
      }
      throw mismatch(place, value);
    }

    @Override
    public OptionValue write(OptionValue value) {
      return value;
    }
  }

  record AnyText() implements OptionType<String> {
    @Override
    public String label() {
      return "TEXT";
    }

    @Override
    public String demand() {
      return "text";
    }

    @Override
    public String read(String place, OptionValue value) {
      if (value instanceof OptionValue.Text text) {
        return text.value();
      }
      throw mismatch(place, value);
    }

    @Override
    public OptionValue write(String value) {
      return OptionValue.of(value);
    }
  }

  record Texts() implements OptionType<List<String>> {
    private static final AnyText ELEMENT = new AnyText();

    @Override
    public String label() {
      return ELEMENT.label() + ",...";
    }

    @Override
    public String demand() {
      return "a list of texts";
    }

    @Override
    public List<String> read(String place, OptionValue value) {
      if (!(value instanceof OptionValue.Items items)) {
        throw mismatch(place, value);
      }
      return items.values().stream().map(item -> ELEMENT.read(place, item)).toList();
    }

    @Override
    public OptionValue write(List<String> values) {
      return new OptionValue.Items(values.stream().map(ELEMENT::write).toList());
    }
  }

  record TrueOrFalse() implements OptionType<Boolean> {
    @Override
    public String label() {
      return "true|false";
    }

    @Override
    public String demand() {
      return "true or false";
    }

    @Override
    public Boolean read(String place, OptionValue value) {
      if (value instanceof OptionValue.Flag flag) {
        return flag.value();
      }
      throw mismatch(place, value);
    }

    @Override
    public OptionValue write(Boolean value) {
      return OptionValue.of(value.booleanValue());
    }
  }

  record Choice<E extends Enum<E>>(List<E> constants) implements OptionType<E> {
    @Override
    public String label() {
      return "NAME";
    }

    @Override
    public String demand() {
      return "one of " + constants.stream().map(Choice::word).collect(Collectors.joining(", "));
    }

    @Override
    public E read(String place, OptionValue value) {
      if (value instanceof OptionValue.Text text) {
        for (E constant : constants) {
          if (text.value().replace('_', '-').equals(word(constant))) {
            return constant;
          }
        }
      }
      throw mismatch(place, value);
    }

    @Override
    public OptionValue write(E value) {
      return OptionValue.of(word(value));
    }

    private static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
