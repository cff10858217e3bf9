package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a model is told of the images that it is to make. */
public final class ConditionValues {
  private static final String ALL = "all";

  @Option(
      names = "--condition",
      paramLabel = "NAME=CLASS",
      description =
          "What a model that was trained with --condition is told, such as label=3; classes"
              + " are counted from 0, and all takes them in turn.")
  private Map<String, String> given = new LinkedHashMap<>();

  /**
   * Returns the conditions of some images, [count, classes] each.
   *
   * @throws ConfigurationException if one is given that the model is not told, or is no class
   */
  public Map<String, HostTensor> of(Vae vae, int count) {
    Map<String, Shape> told = vae.runtime().conditions();
    Map<String, HostTensor> values = new LinkedHashMap<>();
    given.forEach((name, word) -> {
      Shape shape = told.get(name);
      if (shape == null) {
        throw new ConfigurationException("--condition " + Quote.of(name) + ": the model is told "
            + (told.isEmpty() ? "nothing beside images" : Quote.list(told.keySet())));
      }
      values.put(name, oneHot(name, word, count, shape.size()));
    });
    return values;
  }

  private static HostTensor oneHot(String name, String word, int count, int classes) {
    HostTensor rows = HostTensor.zeros(Shape.of(count, classes));
    for (int row = 0; row < count; row++) {
      int chosen = word.equals(ALL) ? row % classes : number(name, word, classes);
      rows.data()[row * classes + chosen] = 1;
    }
    return rows;
  }

  private static int number(String name, String word, int classes) {
    try {
      int number = Integer.parseInt(word);
      if (number >= 0 && number < classes) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as are numbers that are no class.
    }
    throw new ConfigurationException("--condition " + name + " must be a class from 0 to "
        + (classes - 1) + ", or all, not " + Quote.of(word));
  }
}
