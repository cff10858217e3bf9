package io.github.jvae.bench.tracking;

import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a training is made of, as flat names and values: the names of objects within objects are
 * joined by points, as in {@code model.prior.type}. A list is one value.
 *
 * @param values all but what is empty or says nothing, in order
 */
record HyperParameters(Map<String, OptionValue> values) {

  /** Flattens options. */
  static HyperParameters of(Options options) {
    Map<String, OptionValue> values = new LinkedHashMap<>();
    flatten("", options, values);
    return new HyperParameters(values);
  }

  private static void flatten(String prefix, Options options, Map<String, OptionValue> values) {
    options.values().forEach((name, value) -> {
      if (value instanceof Options more) {
        flatten(prefix + name + ".", more, values);
      } else if (!(value instanceof OptionValue.Nothing) && !words(value).isEmpty()) {
        values.put(prefix + name, value);
      }
    });
  }

  /**
   * Returns a value as text, of lists in the look of JSON.
   *
   * @param longest the most characters; a longer text is cut in its middle
   */
  static String text(OptionValue value, int longest) {
    String text = Quote.visible(words(value));
    return text.length() <= longest ? text : Quote.middle(text, longest);
  }

  private static String words(OptionValue value) {
    return value instanceof OptionValue.Text text ? text.value() : value.toString();
  }
}
