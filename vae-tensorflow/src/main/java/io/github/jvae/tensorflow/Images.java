package io.github.jvae.tensorflow;

import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Slice;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/**
 * A batch of images and what the decoder made for them, in one order of axes: the decoder's. What
 * is summed over all pixels does not depend on it.
 */
final class Images {
  private final TensorFlowTrace trace;
  private final Shape shape;
  private final boolean channelsLast;
  private final Operand<TFloat32> x;
  private final Operand<TFloat32> decoded;

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
    TensorFlowTensor images = TensorFlowTensor.require(name, x, image);
    TensorFlowTensor made = TensorFlowTensor.require(name, decoded, likelihood.decoded(image));
    this.trace = images.recording();
    this.shape = x.shape();
    this.channelsLast = made.hasChannelsLast();
    this.x = channelsLast ? images.unwrapChannelsLast() : images.unwrap();
    this.decoded = channelsLast ? made.unwrapChannelsLast() : made.unwrap();
  }

  TensorFlowTrace trace() {
    return trace;
  }

  Operand<TFloat32> x() {
    return x;
  }

  Operand<TFloat32> decoded() {
    return decoded;
  }

  /** Pixel values of one image. */
  int pixels() {
    return shape.size() / shape.dimension(0);
  }

  /** One of several groups of as many channels as the images have. */
  Operand<TFloat32> group(int index) {
    Shape extents = channelsLast ? TensorFlowTensor.channelsLast(shape) : shape;
    int axis = channelsLast ? 3 : 1;
    int[] from = new int[4];
    from[axis] = index * shape.dimension(1);
    return Slice.create(
        trace.scope(), decoded, trace.integers(from), trace.integers(extents.toArray()));
  }

  /** Summed over all pixels. */
  Operand<TFloat32> sum(Operand<TFloat32> terms) {
    return Sum.create(trace.scope(), terms, trace.integers(1, 2, 3));
  }

  /** A number per image. */
  Tensor perImage(Operand<TFloat32> numbers) {
    return trace.tensor(Shape.of(shape.dimension(0)), numbers);
  }
}
