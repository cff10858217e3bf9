package io.github.jvae.likelihood;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;

/** The numbers of examples that a likelihood gives a probability to. */
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
}
