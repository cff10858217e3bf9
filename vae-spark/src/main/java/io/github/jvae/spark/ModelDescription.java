package io.github.jvae.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.jvae.VaeConfig;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Inputs;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.TrainingOptions;
import java.util.List;
import java.util.Optional;

/**
 * What a model's {@code config.json} says that matters to those who use it.
 *
 * @param config what the model is
 * @param transforms what was done to the examples that it was trained on, and is done to others
 */
record ModelDescription(VaeConfig config, Transforms transforms) {

  /**
   * Reads a configuration.
   *
   * @param text the content of {@code config.json}
   * @throws io.github.jvae.error.VaeException if it is no model's
   */
  static ModelDescription of(String text) {
    Options options = parse("config.json", text);
    OptionValue model = options.get("model");
    if (model == null) {
      throw new ConfigurationException("config.json has no \"model\"; it is no model's");
    }
    Transforms transforms = options.get("provenance") instanceof Options provenance
            && provenance.get("options") instanceof Options training
        ? TrainingOptions.of("options", training).transforms()
        : Transforms.none();
    return new ModelDescription(VaeConfig.of(model), transforms);
  }

  /**
   * Reads a JSON object.
   *
   * @param what it is, for the message
   */
  static Options parse(String what, String text) {
    try {
      return JsonFile.parse(text);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(
          what + " is no JSON object: " + e.getOriginalMessage() + "; correct it", e);
    }
  }

  /**
   * Returns the one condition that a column is to give, or nothing where the model asks for none. A
   * mask need not be given: all is observed then.
   *
   * @throws io.github.jvae.error.VaeException if the model asks for several
   */
  static Optional<String> condition(VaeConfig config) {
    List<String> names = config.conditions().keySet().stream()
        .filter(name -> !name.equals(Inputs.MASK))
        .toList();
    if (names.size() > 1) {
      throw new DataException("the model asks for the conditions " + Quote.list(names)
          + ", but a stage gives one, from conditionCol; use a model with one condition");
    }
    return names.stream().findFirst();
  }

  /** Returns the shape of a condition of one example. */
  static Shape shape(VaeConfig config, String condition) {
    List<Integer> extents = config.conditions().getOrDefault(condition, List.of());
    return Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
  }
}
