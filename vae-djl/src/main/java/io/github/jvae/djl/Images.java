package io.github.jvae.djl;

import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * A batch of images and what the decoder made for them, lying in memory as the decoder left it: an
 * operation on two arrays that lie differently is slow.
 */
final class Images {
  private static final int[] PIXEL_AXES = {1, 2, 3};

  private final DjlTrace trace;
  private final Shape shape;
  private final ScriptValue x;
  private final ScriptValue decoded;

  /**
   * @param likelihood that takes them
   * @param x [B, C, H, W]
   * @param decoded what the decoder made for them
   */
  static Images of(Likelihood likelihood, Tensor x, Tensor decoded) {
    return new Images(likelihood, x, decoded);
  }

  private Images(Likelihood likelihood, Tensor x, Tensor decoded) {
    String name = "likelihood " + likelihood.name();
    Shape image = x.shape().subShape(1, x.shape().rank());
    DjlTensor images = DjlTensor.require(name, x, image);
    DjlTensor made = DjlTensor.require(name, decoded, likelihood.decoded(image));
    this.trace = images.recording();
    this.shape = x.shape();
    this.x = made.hasChannelsLast() ? images.unwrapChannelsLast() : images.unwrap();
    this.decoded = made.unwrap();
  }

  DjlTrace trace() {
    return trace;
  }

  ScriptValue x() {
    return x;
  }

  ScriptValue decoded() {
    return decoded;
  }

  /** Pixel values of one image. */
  int pixels() {
    return shape.size() / shape.dimension(0);
  }

  /** One of several groups of as many channels as the images have. */
  ScriptValue group(int index) {
    int channels = shape.dimension(1);
    return trace.call("torch.narrow", decoded, 1, index * channels, channels);
  }

  /** Summed over all pixels. */
  ScriptValue sum(ScriptValue terms) {
    return trace.call("torch.sum", terms, PIXEL_AXES, false);
  }

  /** A number per image. */
  Tensor perImage(ScriptValue numbers) {
    return trace.tensor(Shape.of(shape.dimension(0)), numbers);
  }
}
