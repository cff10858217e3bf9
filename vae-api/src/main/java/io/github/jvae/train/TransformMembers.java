package io.github.jvae.train;

import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.Dequantization;
import io.github.jvae.data.Scaling;
import io.github.jvae.data.Standardization;
import io.github.jvae.data.Transform;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.List;

/**
 * Transforms as a list of objects, each with its type and its options. Folders that were written
 * when there was only one transform have the member {@code binarization} in place of it.
 */
final class TransformMembers {
  private static final String MEMBER = "transforms";
  private static final String BINARIZATION = "binarization";
  private static final String HOW = "how";
  private static final String FACTOR = "factor";
  private static final String SHIFT = "shift";
  private static final String MEANS = "means";
  private static final String DEVIATIONS = "deviations";

  private TransformMembers() {}

  /** Returns transforms as they are saved. */
  static OptionValue write(Transforms transforms) {
    return new OptionValue.Items(transforms.chain().stream()
        .map(TransformMembers::write)
        .map(OptionValue.class::cast)
        .toList());
  }

  private static Options write(Transform transform) {
    Options options = Options.none().with("type", transform.type());
    if (transform instanceof Binarization binarization) {
      return options.with(HOW, binarization.toString());
    }
    if (transform instanceof Scaling scaling) {
      return options.with(FACTOR, scaling.factor()).with(SHIFT, scaling.shift());
    }
    if (transform instanceof Standardization standardization) {
      return options
          .with(MEANS, numbers(standardization.means()))
          .with(DEVIATIONS, numbers(standardization.deviations()));
    }
    return options;
  }

  private static OptionValue numbers(List<Double> numbers) {
    return new OptionValue.Items(
        numbers.stream().map(number -> OptionValue.of((double) number)).toList());
  }

  /**
   * Returns the transforms of saved options; none if they name none.
   *
   * @throws VaeException if one is unknown, or an option is of the wrong kind or out of range
   */
  static Transforms read(JsonMembers options) {
    String before = options.text(BINARIZATION);
    if (before != null) {
      return binarization(BINARIZATION, before);
    }
    List<Transform> chain = new ArrayList<>();
    for (JsonMembers transform : options.objects(MEMBER)) {
      chain.addAll(transform(transform).chain());
    }
    return new Transforms(chain);
  }

  private static Transforms transform(JsonMembers json) {
    String type = String.valueOf(json.text("type"));
    return switch (type) {
      case Binarization.TYPE -> binarization(MEMBER, String.valueOf(json.text(HOW)));
      case Dequantization.TYPE -> Transforms.of(new Dequantization());
      case Scaling.TYPE ->
        Transforms.of(new Scaling(json.number(FACTOR, 1), json.number(SHIFT, 0)));
      case Standardization.TYPE ->
        Transforms.of(new Standardization(json.numberList(MEANS), json.numberList(DEVIATIONS)));
      default ->
        throw new ConfigurationException(MEMBER + ": there is no transform " + Quote.of(type)
            + "; known are "
            + String.join(
                ", ", Binarization.TYPE, Dequantization.TYPE, Scaling.TYPE, Standardization.TYPE));
    };
  }

  private static Transforms binarization(String member, String word) {
    try {
      return Binarization.of(word);
    } catch (VaeException e) {
      throw new ConfigurationException(member + ": " + e.getMessage(), e);
    }
  }
}
