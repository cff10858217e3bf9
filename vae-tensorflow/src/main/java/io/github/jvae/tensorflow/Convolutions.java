package io.github.jvae.tensorflow;

import io.github.jvae.model.Layer;
import io.github.jvae.tensor.Shape;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Pad;
import org.tensorflow.op.core.Reshape;
import org.tensorflow.op.core.Slice;
import org.tensorflow.op.core.StridedSlice;
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
    if (skips(layer.kernel(), layer.stride())) {
      Operand<TFloat32> seen = pixelsSeen(trace, input, x, layer.stride());
      return convolve(trace, Window.OF_ONE_PIXEL, input, seen, kernel);
    }
    Window window = new Window(layer.kernel(), layer.stride(), layer.padding());
    return needsSecondChannel(input.dimension(3), layer.channels(), layer.stride())
        ? convolve(trace, window, input, withZeros(trace, x, 3), withZeros(trace, kernel, 2))
        : convolve(trace, window, input, x, kernel);
  }

  private static Operand<TFloat32> convolve(
      TensorFlowTrace trace,
      Window window,
      Shape input,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel) {
    Padding padding = window.padding(input);
    return Conv2d.create(
        trace.scope(),
        padding == Padding.EXPLICIT ? padded(trace, x, window.padding()) : x,
        kernel,
        Padding.strides(window.stride()),
        padding == Padding.SAME ? "SAME" : "VALID");
  }

  /**
   * What a convolution goes by.
   *
   * @param kernel the side of its windows
   * @param padding edges of the image
   */
  private record Window(int kernel, int stride, int padding) {
    static final Window OF_ONE_PIXEL = new Window(1, 1, 0);

    Padding padding(Shape image) {
      return Padding.of(image, kernel, stride, padding);
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

  /**
   * Whether a kernel of a single pixel leaves pixels out. Its gradient must not be left to oneDNN:
   * on processors without AVX-512 it writes outside of its memory, and the process ends. Of the
   * pixels that it sees it is an ordinary one.
   */
  private static boolean skips(int kernel, int stride) {
    return kernel == 1 && stride > 1;
  }

  /** The pixels that a kernel of one pixel sees, of [B, H, W, C]. */
  private static Operand<TFloat32> pixelsSeen(
      TensorFlowTrace trace, Shape shape, Operand<TFloat32> x, int stride) {
    return StridedSlice.create(
        trace.scope(),
        x,
        trace.integers(0, 0, 0, 0),
        trace.integers(shape.toArray()),
        trace.integers(1, stride, stride, 1));
  }

  /**
   * The pixels [B, h, w, C] with zeros between them, which a transposed kernel of one pixel leaves
   * 0.
   *
   * @param apart [B, H, W, C]
   */
  private static Operand<TFloat32> drawnApart(
      TensorFlowTrace trace, Shape shape, Operand<TFloat32> x, int stride, Shape apart) {
    int rows = shape.dimension(1);
    int columns = shape.dimension(2);
    int channels = shape.dimension(3);
    int more = stride - 1;
    Operand<TFloat32> single = Reshape.create(
        trace.scope(), x, trace.integers(shape.dimension(0), rows, 1, columns, 1, channels));
    Operand<TFloat32> between =
        padded(trace, single, new int[][] {{0, 0}, {0, 0}, {0, more}, {0, 0}, {0, more}, {0, 0}});
    Operand<TFloat32> image = Reshape.create(
        trace.scope(),
        between,
        trace.integers(shape.dimension(0), rows * stride, columns * stride, channels));
    return cut(trace, image, 0, apart);
  }

  /**
   * Whether a transposed convolution of these must not be left to oneDNN as it is, nor the gradient
   * of a convolution, which is one: of a single channel to a single channel it comes out wrong
   * where the processor has AVX-512 and does not tell the sizes of its caches, as AMD's in some
   * virtual machines: all but one of the places that make up a pixel are left out. With a second
   * channel that is 0 it takes other ways, which are right.
   */
  private static boolean needsSecondChannel(int in, int out, int stride) {
    return in == 1 && out == 1 && stride > 1;
  }

  private static Operand<TFloat32> withZeros(
      TensorFlowTrace trace, Operand<TFloat32> x, int channels) {
    int[][] edges = new int[4][2];
    edges[channels][1] = 1;
    return padded(trace, x, edges);
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
    if (skips(layer.kernel(), layer.stride())) {
      Shape apart = wanted.with(3, input.dimension(3));
      return transpose(
          trace,
          Window.OF_ONE_PIXEL,
          apart,
          drawnApart(trace, input, x, layer.stride(), apart),
          kernel,
          wanted);
    }
    Window window = new Window(layer.kernel(), layer.stride(), layer.padding());
    return needsSecondChannel(input.dimension(3), layer.channels(), layer.stride())
        ? cut(
            trace,
            transpose(trace, window, input, x, withZeros(trace, kernel, 2), wanted.with(3, 2)),
            0,
            wanted)
        : transpose(trace, window, input, x, kernel, wanted);
  }

  private static Operand<TFloat32> transpose(
      TensorFlowTrace trace,
      Window window,
      Shape input,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Shape wanted) {
    Padding padding = window.padding(wanted);
    if (padding != Padding.EXPLICIT) {
      return transpose(trace, window, x, kernel, wanted, padding);
    }
    Shape whole = wanted
        .with(1, window.withEdges(input, wanted, 1))
        .with(2, window.withEdges(input, wanted, 2));
    return cut(
        trace, transpose(trace, window, x, kernel, whole, Padding.VALID), window.padding(), wanted);
  }

  private static Operand<TFloat32> transpose(
      TensorFlowTrace trace,
      Window window,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Shape result,
      Padding padding) {
    return Conv2dBackpropInput.create(
        trace.scope(),
        trace.integers(result.toArray()),
        kernel,
        x,
        Padding.strides(window.stride()),
        padding.name());
  }

  /** The part [B, H, W, C] of images that begins behind an edge. */
  private static Operand<TFloat32> cut(
      TensorFlowTrace trace, Operand<TFloat32> images, int edge, Shape wanted) {
    return Slice.create(
        trace.scope(), images, trace.integers(0, edge, edge, 0), trace.integers(wanted.toArray()));
  }
}
