package io.github.jvae.djl;

import io.github.jvae.model.Layer;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/** Records convolutions of both kinds in native operations. */
final class Convolutions {
  private static final int[] NO_DILATION = {1, 1};
  private static final int ONE_GROUP = 1;

  private Convolutions() {}

  /** @param result the shape of what it makes, [B, out, H, W] */
  static DjlTensor record(
      Layer.Conv2d layer, DjlTensor x, DjlTensor weight, DjlTensor bias, Shape result) {
    DjlTrace trace = x.engineTrace();
    boolean skips = skips(layer.kernel(), layer.stride());
    Kernel kernel = Kernel.of(skips ? pixelsSeen(x, layer.stride(), result) : x, weight, bias);
    // The gradient of a single channel's convolution is a transposed one to a single channel.
    boolean faulty = x.shape().dimension(1) == 1 && trace.dependsOnVariables(x.unwrap());
    return made(
        trace,
        result,
        trace.product(
            3,
            "torch.conv2d",
            (faulty ? kernel.withSecondInput(trace) : kernel)
                .arguments(
                    both(skips ? 1 : layer.stride()),
                    both(layer.padding()),
                    NO_DILATION,
                    ONE_GROUP)));
  }

  /**
   * A transposed convolution. One to a single channel must not be left to oneDNN as it is: it comes
   * out wrong of oneDNN 3.7.1, which PyTorch 2.7 brings along, where the processor has AVX-512 and
   * does not tell the sizes of its caches, as in some virtual machines: all but one of the places
   * that make up a pixel are left out. With a second channel that is 0 it takes other ways, which
   * are right.
   *
   * @param result the shape of what it makes, [B, out, H, W]
   */
  static DjlTensor recordTransposed(
      Layer.TransposedConv2d layer, DjlTensor x, DjlTensor weight, DjlTensor bias, Shape result) {
    DjlTrace trace = x.engineTrace();
    boolean skips = skips(layer.kernel(), layer.stride());
    boolean faulty = result.dimension(1) == 1;
    Kernel kernel = Kernel.of(skips ? drawnApart(x, layer.stride(), result) : x, weight, bias);
    ScriptValue product = trace.product(
        3,
        "torch.conv_transpose2d",
        (faulty ? kernel.withSecondOutput(trace) : kernel)
            .arguments(
                both(skips ? 1 : layer.stride()),
                both(layer.padding()),
                skips
                    ? both(0)
                    : new int[] {
                      layer.outputPadding().rows(), layer.outputPadding().columns()
                    },
                ONE_GROUP,
                NO_DILATION));
    return made(
        trace,
        result,
        faulty
            ? trace.call(
                "torch.contiguous",
                trace.call("torch.narrow", product, 1, 0, 1),
                "memory_format=" + DjlTrace.CONTIGUOUS)
            : product);
  }

  private static DjlTensor made(DjlTrace trace, Shape shape, ScriptValue value) {
    return trace.keepsChannelsInnermost()
        ? DjlTensor.channelsLast(trace, shape, value)
        : trace.tensor(shape, value);
  }

  /**
   * Whether a kernel of a single pixel leaves pixels out. It must not be left to oneDNN 3.7.1: with
   * two threads and 8 channels of 32 x 28 made 7 with a stride of 2, the gradient writes outside of
   * its memory, and the process ends; within a frame of zeros, that of a single channel is wrong on
   * the processors that {@link #recordTransposed} tells of. Of the pixels that it sees it is an
   * ordinary one.
   */
  private static boolean skips(int kernel, int stride) {
    return kernel == 1 && stride > 1;
  }

  /** The pixels that a kernel of one pixel sees. */
  private static DjlTensor pixelsSeen(DjlTensor x, int stride, Shape result) {
    DjlTrace trace = x.engineTrace();
    ScriptValue seen = x.unwrap();
    Shape shape = x.shape();
    for (int axis = 2; axis < 4; axis++) {
      seen = trace.call("torch.slice", seen, axis, 0, shape.dimension(axis), stride);
      shape = shape.with(axis, result.dimension(axis));
    }
    return trace.tensor(shape, seen);
  }

  /** The pixels with zeros between them, which a transposed kernel of one pixel leaves 0. */
  private static DjlTensor drawnApart(DjlTensor x, int stride, Shape result) {
    DjlTrace trace = x.engineTrace();
    ScriptValue apart = x.unwrap();
    Shape shape = x.shape();
    for (int axis = 2; axis < 4; axis++) {
      int[] after = new int[2 * (4 - axis)];
      after[after.length - 1] = stride - 1;
      apart = trace.call(
          "torch.flatten",
          trace.call(
              "torch.constant_pad_nd", trace.call("torch.unsqueeze", apart, axis + 1), after),
          axis,
          axis + 1);
      apart = trace.call("torch.narrow", apart, axis, 0, result.dimension(axis));
      shape = shape.with(axis, result.dimension(axis));
    }
    return trace.tensor(shape, apart);
  }

  /** What a convolution is computed of. */
  private record Kernel(ScriptValue x, ScriptValue weight, ScriptValue bias) {

    static Kernel of(DjlTensor x, DjlTensor weight, DjlTensor bias) {
      return new Kernel(
          x.engineTrace().keepsChannelsInnermost() ? x.unwrapChannelsLast() : x.unwrap(),
          weight.unwrap(),
          bias.unwrap());
    }

    Kernel withSecondInput(DjlTrace trace) {
      return new Kernel(withZeros(trace, x, 1), withZeros(trace, weight, 1), bias);
    }

    Kernel withSecondOutput(DjlTrace trace) {
      return new Kernel(x, withZeros(trace, weight, 1), withZeros(trace, bias, 0));
    }

    private static ScriptValue withZeros(DjlTrace trace, ScriptValue value, int axis) {
      ScriptValue zeros = trace.callWithoutGradient("torch.zeros_like", value);
      return trace.call("torch.cat", List.of(value, zeros), axis);
    }

    Object[] arguments(Object... geometry) {
      return Stream.concat(Stream.of(x, weight, bias), Stream.of(geometry)).toArray();
    }
  }

  private static int[] both(int extent) {
    return new int[] {extent, extent};
  }
}
