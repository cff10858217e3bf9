package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.tensor.Shape;

/** What layers demand of their settings and of the shapes they take. */
final class LayerChecks {
  private LayerChecks() {}

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new ConfigurationException(message);
    }
  }

  /** Returns the side of an image, if there can be such. */
  static int extent(String layer, long side) {
    require(
        side <= Integer.MAX_VALUE,
        "a " + layer + " makes an image whose side is " + side + " long, more than "
            + Integer.MAX_VALUE + "; choose smaller sizes");
    return (int) side;
  }

  static void requireWindow(String layer, int channels, int kernel, int stride, int padding) {
    require(channels >= 1, "a " + layer + " needs at least 1 channel, not " + channels);
    require(kernel >= 1, "a " + layer + " needs a kernel of at least 1, not " + kernel);
    require(stride >= 1, "a " + layer + " needs a stride of at least 1, not " + stride);
    require(
        padding >= 0 && padding < kernel,
        "a " + layer + "'s padding must be from 0 to its kernel less 1, " + (kernel - 1) + ", not "
            + padding);
  }

  static void requireImage(String layer, Shape input) {
    require(
        input.rank() == 3,
        "a "
            + layer
            + " takes [channels, height, width], not "
            + input
            + "; put an unflatten layer before it");
  }

  static void requireSeries(String layer, Shape input) {
    require(
        input.rank() == 2,
        "a " + layer + " takes [channels, length], not " + input
            + "; put an unflatten1d layer before it");
  }
}
