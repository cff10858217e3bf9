package io.github.jvae.data.array;

import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import java.util.List;

/**
 * What may be said of how arrays become examples, alike for all formats that hold some.
 *
 * @param array the name of the array that holds the examples; empty for the usual names
 * @param label the name of the array that holds the labels; empty for the usual names
 * @param examples the axis that counts the examples
 * @param layout what the other axes are
 * @param elements what the numbers are
 */
record ArrayOptions(
    String array, String label, CountingAxis examples, AxisLayout layout, Elements elements) {

  /** The axis that counts the examples. */
  enum CountingAxis {
    /** The usual one of a format. */
    AUTO,
    /** The first one. */
    FIRST,
    /** The last one. */
    LAST
  }

  /** What the axes of an example are. */
  enum AxisLayout {
    /** Told by type and extents. */
    AUTO,
    /** Height and width of a gray image. */
    HW,
    /** Channels, height and width. */
    CHW,
    /** Height, width and channels. */
    HWC,
    /** Axes of no image, left as they are. */
    PLAIN
  }

  /** What the numbers are. */
  enum Elements {
    /** Told by type and values. */
    AUTO,
    /** Levels from 0 to 255. */
    BYTES,
    /** Zeros and ones. */
    BINARY,
    /** Measured numbers. */
    FLOATS,
    /** Whole numbers from 0. */
    COUNTS,
    /** Numbers of categories. */
    CATEGORIES
  }

  private static final OptionDescription<String> ARRAY = OptionDescription.of(
      "array",
      OptionType.text(),
      "",
      "The name of the array that holds the examples, where it is none of the usual ones.");

  private static final OptionDescription<String> LABEL = OptionDescription.of(
      "label",
      OptionType.text(),
      "",
      "The name of the array that holds the labels, where it is none of the usual ones.");

  private static final OptionDescription<CountingAxis> EXAMPLES = OptionDescription.of(
      "examples",
      OptionType.choice(CountingAxis.class),
      CountingAxis.AUTO,
      "The axis that counts the examples: the first one unless the file is MATLAB's.");

  private static final OptionDescription<AxisLayout> LAYOUT = OptionDescription.of(
      "layout",
      OptionType.choice(AxisLayout.class),
      AxisLayout.AUTO,
      "What the axes of an example are: hw, chw or hwc for images, plain for others.");

  private static final OptionDescription<Elements> ELEMENTS = OptionDescription.of(
      "elements",
      OptionType.choice(Elements.class),
      Elements.AUTO,
      "What the numbers are, where type and values do not tell.");

  /** Returns all options, for files that hold arrays by names. */
  static List<OptionDescription<?>> ofNamed() {
    return List.of(ARRAY, LABEL, EXAMPLES, LAYOUT, ELEMENTS);
  }

  /** Returns the options for files that hold one array. */
  static List<OptionDescription<?>> ofSingle() {
    return List.of(EXAMPLES, LAYOUT, ELEMENTS);
  }

  /** Reads options that {@link #ofNamed} or {@link #ofSingle} describes. */
  static ArrayOptions of(Options options) {
    return new ArrayOptions(
        options.has(ARRAY.name()) ? ARRAY.in(options) : "",
        options.has(LABEL.name()) ? LABEL.in(options) : "",
        EXAMPLES.in(options),
        LAYOUT.in(options),
        ELEMENTS.in(options));
  }

  /** Returns whether anything is said that a single array is read by. */
  boolean saysMore() {
    return examples != CountingAxis.AUTO || layout != AxisLayout.AUTO || elements != Elements.AUTO;
  }
}
