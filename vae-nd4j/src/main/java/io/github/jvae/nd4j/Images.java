package io.github.jvae.nd4j;

import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * A batch of images and what the decoder made for them, in one order of axes: the decoder's. What
 * is summed over all pixels does not depend on it.
 */
final class Images {
  private final Nd4jTrace trace;
  private final Shape shape;
  private final boolean channelsLast;
  private final Value x;
  private final Value decoded;

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
    Nd4jTensor images = Nd4jTensor.require(name, x, image);
    Nd4jTensor made = Nd4jTensor.require(name, decoded, likelihood.decoded(image));
    this.trace = images.recordingTrace();
    this.shape = x.shape();
    this.channelsLast = made.hasChannelsLast();
    this.x = channelsLast ? images.channelsLast() : images.value();
    this.decoded = channelsLast ? made.channelsLast() : made.value();
  }

  Recording recording() {
    return trace.recording();
  }

  Nd4jTrace trace() {
    return trace;
  }

  Value x() {
    return x;
  }

  Value decoded() {
    return decoded;
  }

  /** Pixel values of one image. */
  int pixels() {
    return shape.size() / shape.dimension(0);
  }

  /** One of several groups of as many channels as the images have. */
  Value group(int index) {
    int channels = shape.dimension(1);
    return Blocks.slice(recording(), decoded, channelsLast ? 3 : 1, index * channels, channels);
  }

  /** A number per image. */
  Tensor perImage(Value numbers) {
    return trace.tensor(numbers.reshape(Shape.of(shape.dimension(0))));
  }
}
