package io.github.jvae.likelihood;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Locale;

/** The numbers of examples, as likelihoods see them. */
final class Elements {
  private static final double LEVELS = 255;

  /** Of a level, in which single precision writes a multiple of 1/255. */
  private static final double TOLERANCE = 1e-3;

  private Elements() {}

  /** Which numbers have a probability. */
  @FunctionalInterface
  interface Support {
    boolean holds(float element);
  }

  /**
   * Checks elements one by one.
   *
   * @param wanted what they should be, for the message
   * @throws VaeException if one is something else
   */
  static void require(String likelihood, String wanted, HostTensor examples, Support support) {
    for (float element : examples.data()) {
      if (!support.holds(element)) {
        throw new DataException(
            "likelihood " + likelihood + " needs " + wanted + ", but there is one of " + element);
      }
    }
  }

  /** @throws VaeException if one is not from 0 to 1 */
  static void requireUnit(String likelihood, HostTensor examples) {
    require(likelihood, "pixels from 0 to 1", examples, element -> element >= 0 && element <= 1);
  }

  /** @throws VaeException if one is not a whole number from 0 */
  static void requireCounts(String likelihood, HostTensor examples) {
    require(
        likelihood,
        "counts, whole numbers from 0",
        examples,
        element -> element >= 0 && element == Math.rint(element));
  }

  /** @throws VaeException if one is no multiple of 1/255 from 0 to 1 */
  static void requireLevels(String likelihood, HostTensor examples) {
    requireUnit(likelihood, examples);
    require(
        likelihood,
        "pixels of 256 levels, multiples of 1/255",
        examples,
        element -> Math.abs(element * LEVELS - Math.rint(element * LEVELS)) <= TOLERANCE);
  }

  /**
   * Returns a shape that has several numbers for each element of an example, along its first axis.
   *
   * @throws VaeException if they are too many to count
   */
  static Shape widened(String likelihood, Shape example, double times) {
    return withExtent(likelihood, example, times * example.dimension(0));
  }

  /**
   * Returns the shape of an example with another extent of its first axis.
   *
   * @throws VaeException if that is too large to count
   */
  static Shape withExtent(String likelihood, Shape example, double extent) {
    if (extent > Integer.MAX_VALUE) {
      throw new ConfigurationException("likelihood " + likelihood + " would need "
          + String.format(Locale.ROOT, "%.0f", extent) + " numbers along the first axis of examples"
          + " of " + example + ": they are too many");
    }
    return example.with(0, (int) extent);
  }

  /**
   * Returns one of the numbers that a decoder made for each element, all first ones of which come
   * first.
   *
   * @param decoded [B, numbers · C, ...]
   * @param which from 0
   * @param numbers of each element
   * @return [B, C, ...]
   */
  static Tensor part(Tensor decoded, int which, int numbers) {
    int extent = decoded.shape().dimension(1) / numbers;
    return decoded.slice(1, which * extent, (which + 1) * extent);
  }
}
