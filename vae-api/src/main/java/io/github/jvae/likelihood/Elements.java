package io.github.jvae.likelihood;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Locale;

/** The numbers of examples, as likelihoods see them. */
final class Elements {
  private static final double LEVELS = 255;

  /** Of a level, in which single precision writes a multiple of 1/255. */
  private static final double TOLERANCE = 1e-3;

  private Elements() {}

  /** @throws VaeException if one is not from 0 to 1 */
  static void requireUnit(String likelihood, HostTensor examples) {
    for (float element : examples.data()) {
      if (!(element >= 0 && element <= 1)) {
        throw new DataException("likelihood " + likelihood
            + " needs pixels from 0 to 1, but there is one of " + element);
      }
    }
  }

  /** @throws VaeException if one is no multiple of 1/255 from 0 to 1 */
  static void requireLevels(String likelihood, HostTensor examples) {
    requireUnit(likelihood, examples);
    for (float element : examples.data()) {
      double level = element * LEVELS;
      if (Math.abs(level - Math.rint(level)) > TOLERANCE) {
        throw new DataException("likelihood " + likelihood
            + " needs pixels of 256 levels, multiples of 1/255, but there is one of " + element);
      }
    }
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
}
