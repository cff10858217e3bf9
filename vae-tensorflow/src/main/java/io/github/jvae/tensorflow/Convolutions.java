package io.github.jvae.tensorflow;

import io.github.jvae.model.Layer;
import io.github.jvae.tensor.Shape;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Pad;
import org.tensorflow.op.core.Slice;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.types.TFloat32;

/** Records convolutions of both kinds in native operations, without their bias. */
final class Convolutions {
  private Convolutions() {}

  /**
   * Records a convolution.
   *
   * @param input [B, H, W, in]
   * @param kernel [height, width, in, out]
   */
  static Operand<TFloat32> record(
      TensorFlowTrace trace,
      Layer.Conv2d layer,
      Shape input,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel) {
    Padding padding = Padding.of(input, layer.kernel(), layer.stride(), layer.padding());
    return Conv2d.create(
        trace.scope(),
        padding == Padding.EXPLICIT ? padded(trace, x, layer.padding()) : x,
        kernel,
        Padding.strides(layer.stride()),
        padding == Padding.SAME ? "SAME" : "VALID");
  }

  /** Padded beforehand: the gradient of a convolution with explicit padding leaves it out. */
  private static Operand<TFloat32> padded(TensorFlowTrace trace, Operand<TFloat32> x, int edge) {
    int[][] edges = {{0, 0}, {edge, edge}, {edge, edge}, {0, 0}};
    return Pad.create(trace.scope(), x, Constant.tensorOf(trace.scope(), edges), trace.number(0));
  }

  /**
   * Records a transposed convolution: the gradient of the convolution that takes its output to its
   * input.
   *
   * <p>Where the padding is none that the engine has a name for, the image is made with its edges,
   * which are then cut off. The engine takes explicit padding too, with right gradients, but has no
   * fast kernels for it: a step of the convolutional model of {@code vae speed} took half as long
   * again on images of 70 x 70, which it halves to odd sides, and so it takes as long as on others.
   *
   * @param input [B, h, w, in]
   * @param kernel [height, width, out, in]
   * @param wanted the shape of what it makes, [B, H, W, out]
   */
  static Operand<TFloat32> recordTransposed(
      TensorFlowTrace trace,
      Layer.TransposedConv2d layer,
      Shape input,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Shape wanted) {
    Padding padding = Padding.of(wanted, layer.kernel(), layer.stride(), layer.padding());
    if (padding != Padding.EXPLICIT) {
      return transpose(trace, layer, x, kernel, wanted, padding);
    }
    Shape whole = wanted
        .with(1, withEdges(layer, input, wanted, 1))
        .with(2, withEdges(layer, input, wanted, 2));
    return Slice.create(
        trace.scope(),
        transpose(trace, layer, x, kernel, whole, Padding.VALID),
        trace.integers(0, layer.padding(), layer.padding(), 0),
        trace.integers(wanted.toArray()));
  }

  /**
   * Returns the extent as far as the windows reach, or as far as output is wanted, which may be
   * beyond them.
   */
  private static int withEdges(Layer.TransposedConv2d layer, Shape input, Shape wanted, int axis) {
    int reached = (input.dimension(axis) - 1) * layer.stride() + layer.kernel();
    return Math.max(reached, layer.padding() + wanted.dimension(axis));
  }

  private static Operand<TFloat32> transpose(
      TensorFlowTrace trace,
      Layer.TransposedConv2d layer,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Shape result,
      Padding padding) {
    return Conv2dBackpropInput.create(
        trace.scope(),
        trace.integers(result.toArray()),
        kernel,
        x,
        Padding.strides(layer.stride()),
        padding.name());
  }
}
