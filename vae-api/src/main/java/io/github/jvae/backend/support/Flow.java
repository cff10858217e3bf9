package io.github.jvae.backend.support;

import io.github.jvae.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What is there between two layers of a network.
 *
 * @param tensor a batch of it, in the order of axes that the rest says
 * @param shape of one example, as the layers have it
 * @param channelsLast whether the tensor is [B, H, W, C], where the shape is [C, H, W]
 * @param pixels if the tensor is a vector of pixels in [H, W, C] order, the image's [C, H, W]
 */
record Flow<T>(
    T tensor, Shape shape, boolean channelsLast, @Nullable Shape pixels) {

  /** Returns what lies as the shape says. */
  static <T> Flow<T> portable(T tensor, Shape shape) {
    return new Flow<>(tensor, shape, false, null);
  }

  /** Returns whether it lies as the shape says. */
  boolean isPortable() {
    return !channelsLast && pixels == null;
  }

  /** Returns another tensor whose axes are ordered as this one's. */
  Flow<T> with(T other, Shape otherShape) {
    return new Flow<>(other, otherShape, channelsLast, pixels);
  }

  /** Returns the axis of the tensor that counts channels, or features. */
  int channelAxis() {
    return channelsLast ? 3 : 1;
  }
}
