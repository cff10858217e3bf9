package io.github.jvae.architecture;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.OutputPadding;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.OptionValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What members of layers may be beside what any option may. */
final class LayerTypes {
  private LayerTypes() {}

  /**
   * A list.
   *
   * @param element what each of its values may be
   */
  record ListOf(OptionType<Object> element) implements OptionType<List<Object>> {
    @Override
    public String label() {
      return element.label() + ",...";
    }

    @Override
    public String demand() {
      return "a list, each " + element.demand();
    }

    @Override
    public List<Object> read(String place, OptionValue value) {
      if (!(value instanceof OptionValue.Items items)) {
        throw mismatch(place, value);
      }
      List<Object> values = new ArrayList<>();
      for (OptionValue item : items.values()) {
        values.add(element.read(place + " " + values.size(), item));
      }
      return List.copyOf(values);
    }

    @Override
    public OptionValue write(List<Object> values) {
      return new OptionValue.Items(values.stream().map(element::write).toList());
    }
  }

  /**
   * A constant by its Java name, in any case when read.
   *
   * @param constants all there are
   */
  record Constant(List<Object> constants) implements OptionType<Object> {
    private static String name(Object constant) {
      return ((Enum<?>) constant).name();
    }

    @Override
    public String label() {
      return "NAME";
    }

    @Override
    public String demand() {
      return "one of " + constants.stream().map(Constant::name).collect(Collectors.joining(", "));
    }

    @Override
    public Object read(String place, OptionValue value) {
      if (value instanceof OptionValue.Text text) {
        for (Object constant : constants) {
          if (name(constant).equalsIgnoreCase(text.value().replace('-', '_'))) {
            return constant;
          }
        }
      }
      throw mismatch(place, value);
    }

    @Override
    public OptionValue write(Object constant) {
      return OptionValue.of(name(constant));
    }
  }

  /** An output padding: one number where rows and columns are as many, else both. */
  record Padding() implements OptionType<OutputPadding> {
    private static final OptionType<Integer> EXTENT = OptionType.wholeNumber(0);

    @Override
    public String label() {
      return EXTENT.label();
    }

    @Override
    public String demand() {
      return EXTENT.demand();
    }

    @Override
    public OutputPadding read(String place, OptionValue value) {
      if (!(value instanceof OptionValue.Items items)) {
        return OutputPadding.both(EXTENT.read(place, value));
      }
      if (items.values().size() != 2) {
        throw new VaeException(
            place + " is one number, or [rows, columns], not " + Quote.bare(value));
      }
      return new OutputPadding(
          EXTENT.read(place, items.values().get(0)),
          EXTENT.read(place, items.values().get(1)));
    }

    @Override
    public OptionValue write(OutputPadding padding) {
      return padding.rows() == padding.columns()
          ? OptionValue.of((long) padding.rows())
          : OptionValue.of(List.of(padding.rows(), padding.columns()));
    }
  }
}
