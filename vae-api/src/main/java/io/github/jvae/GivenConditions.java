package io.github.jvae;

import io.github.jvae.data.Labels;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of words what a model is told of the examples that it is to make. */
final class GivenConditions {
  private static final String ALL = "all";

  private GivenConditions() {}

  /**
   * Returns conditions of so many examples, as {@link Vae#conditions} says.
   *
   * @throws VaeException if there is no such condition or class
   */
  static Map<String, HostTensor> of(VaeConfig config, Map<String, String> given, int count) {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    given.forEach((name, words) -> {
      List<Integer> extents = config.conditions().get(name);
      if (extents == null) {
        throw new ConfigurationException("condition " + Quote.of(name) + ": the model is told "
            + (config.conditions().isEmpty()
                ? "nothing beside the examples"
                : Quote.list(config.conditions().keySet())));
      }
      Shape shape = Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
      all.put(name, rows(name, shape, config.conditionClasses().get(name), words, count));
    });
    return all;
  }

  /** @param classes their names, none of measured numbers; null if nothing is known of them */
  private static HostTensor rows(
      String name, Shape shape, @Nullable List<String> classes, String words, int count) {
    boolean mayBeNumbers = classes == null || classes.isEmpty();
    boolean mayBeClasses = classes == null ? shape.rank() == 1 && shape.size() > 1 : !mayBeNumbers;
    if (mayBeNumbers && (!mayBeClasses || words.split(",", -1).length == shape.size())) {
      return repeated(shape, numbers(name, shape, words), count);
    }
    Labels known = classes == null
        ? Labels.of(name, new int[1], shape.size())
        : Labels.of(name, new int[1], classes);
    HostTensor rows = HostTensor.zeros(Shape.of(count, shape.size()));
    for (int row = 0; row < count; row++) {
      int chosen = words.equals(ALL) ? row % shape.size() : known.number(words);
      rows.data()[row * shape.size() + chosen] = 1;
    }
    return rows;
  }

  private static HostTensor repeated(Shape shape, float[] numbers, int count) {
    HostTensor rows = HostTensor.zeros(shape.prepend(count));
    for (int row = 0; row < count; row++) {
      System.arraycopy(numbers, 0, rows.data(), row * numbers.length, numbers.length);
    }
    return rows;
  }

  private static float[] numbers(String name, Shape shape, String words) {
    String[] parts = words.split(",", -1);
    float[] numbers = new float[parts.length];
    boolean valid = parts.length == shape.size();
    for (int i = 0; valid && i < parts.length; i++) {
      try {
        numbers[i] = Float.parseFloat(parts[i].strip());
        valid = Float.isFinite(numbers[i]);
      } catch (NumberFormatException e) {
        valid = false;
      }
    }
    if (!valid) {
      throw new ConfigurationException("condition " + Quote.of(name) + " takes "
          + (shape.size() == 1 ? "a number" : shape.size() + " numbers with commas between")
          + ", not " + Quote.of(words));
    }
    return numbers;
  }
}
