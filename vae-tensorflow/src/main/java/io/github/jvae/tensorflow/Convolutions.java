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
    Window window = Window.of(layer.kernel(), layer.stride(), layer.padding());
    Padding padding = window.padding(input);
    return Conv2d.create(
        trace.scope(),
        padding == Padding.EXPLICIT ? padded(trace, x, window.padding()) : x,
        window.framed(trace, kernel),
        Padding.strides(layer.stride()),
        padding == Padding.SAME ? "SAME" : "VALID");
  }

  /**
   * What a convolution goes by.
   *
   * @param kernel the side of its windows
   * @param padding edges of the image
   * @param isFramed whether the windows are larger than its kernel by a frame of zeros
   */
  private record Window(int kernel, int stride, int padding, boolean isFramed) {
    /**
     * A kernel of a single pixel that leaves pixels out gets a frame. Its gradient must not be left
     * to oneDNN: on processors without AVX-512 it writes outside of its memory, and the process
     * ends. With a frame it takes other ways. Such a kernel has no padding of its own; that of its
     * frame leaves all where it was.
     */
    static Window of(int kernel, int stride, int padding) {
      return kernel == 1 && stride > 1
          ? new Window(3, stride, 1, true)
          : new Window(kernel, stride, padding, false);
    }

    Padding padding(Shape image) {
      return Padding.of(image, kernel, stride, padding);
    }

    /** The kernel [height, width, …, …] with its frame, if there is one. */
    Operand<TFloat32> framed(TensorFlowTrace trace, Operand<TFloat32> kernelOfLayer) {
      return isFramed
          ? padded(trace, kernelOfLayer, new int[][] {{1, 1}, {1, 1}, {0, 0}, {0, 0}})
          : kernelOfLayer;
    }

    /**
     * Returns the extent as far as the windows reach, or as far as output is wanted, which may be
     * beyond them.
     */
    int withEdges(Shape input, Shape wanted, int axis) {
      int reached = (input.dimension(axis) - 1) * stride + kernel;
      return Math.max(reached, padding + wanted.dimension(axis));
    }
  }

  /** Padded beforehand: the gradient of a convolution with explicit padding leaves it out. */
  private static Operand<TFloat32> padded(TensorFlowTrace trace, Operand<TFloat32> x, int edge) {
    return padded(trace, x, new int[][] {{0, 0}, {edge, edge}, {edge, edge}, {0, 0}});
  }

  private static Operand<TFloat32> padded(
      TensorFlowTrace trace, Operand<TFloat32> x, int[][] edges) {
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
    Window window = Window.of(layer.kernel(), layer.stride(), layer.padding());
    Operand<TFloat32> framed = window.framed(trace, kernel);
    Padding padding = window.padding(wanted);
    if (padding != Padding.EXPLICIT) {
      return transpose(trace, layer, x, framed, wanted, padding);
    }
    Shape whole = wanted
        .with(1, window.withEdges(input, wanted, 1))
        .with(2, window.withEdges(input, wanted, 2));
    return Slice.create(
        trace.scope(),
        transpose(trace, layer, x, framed, whole, Padding.VALID),
        trace.integers(0, window.padding(), window.padding(), 0),
        trace.integers(wanted.toArray()));
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
