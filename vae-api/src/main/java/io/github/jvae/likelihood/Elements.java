package io.github.jvae.likelihood;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;

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
  static Shape widened(String likelihood, Shape example, int times) {
    long extent = (long) times * example.dimension(0);
    if (extent > Integer.MAX_VALUE) {
      throw new ConfigurationException("likelihood " + likelihood + " needs " + times
          + " numbers for each element of examples of " + example + ": they are too large");
    }
    return example.with(0, (int) extent);
  }
}
