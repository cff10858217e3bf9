package io.github.jvae.djl;

import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/** Records the layers of networks in native operations. */
final class Layers {
  private static final int[] NO_DILATION = {1, 1};
  private static final int ONE_GROUP = 1;

  private Layers() {}

  /** A whole network. */
  static DjlTensor record(Network network, DjlTensor input) {
    DjlTensor value = input;
    for (Network.Node node : network.nodes()) {
      value = record(node, value);
    }
    return value;
  }

  /** One layer. */
  static DjlTensor record(Network.Node node, DjlTensor x) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Dense) {
      return dense(node, x);
    }
    if (layer instanceof Layer.Conv2d conv) {
      return convolution(node, conv, x);
    }
    if (layer instanceof Layer.TransposedConv2d conv) {
      return transposedConvolution(node, conv, x);
    }
    if (layer instanceof Layer.Activate activate) {
      ScriptValue result = activate(activate.function(), x);
      return x.like(result);
    }
    Shape shape = node.output().prepend(x.shape().dimension(0));
    return x.recording().tensor(shape, x.recording().reshape(x.unwrap(), x.shape(), shape));
  }

  private static DjlTensor dense(Network.Node node, DjlTensor x) {
    DjlTrace trace = x.recording();
    return trace.dense(x, trace.parameter(node.weightName()), trace.parameter(node.biasName()));
  }

  private static DjlTensor convolution(Network.Node node, Layer.Conv2d layer, DjlTensor x) {
    return kernel(
        node,
        x,
        "torch.conv2d",
        both(layer.stride()),
        padding(node, layer.padding()),
        NO_DILATION,
        ONE_GROUP);
  }

  private static DjlTensor transposedConvolution(
      Network.Node node, Layer.TransposedConv2d layer, DjlTensor x) {
    return kernel(
        node,
        x,
        "torch.conv_transpose2d",
        both(layer.stride()),
        padding(node, layer.padding()),
        new int[] {layer.outputPadding().rows(), layer.outputPadding().columns()},
        ONE_GROUP,
        NO_DILATION);
  }

  private static DjlTensor kernel(
      Network.Node node, DjlTensor x, String function, Object... geometry) {
    DjlTrace trace = x.recording();
    Kernel kernel = new Kernel(
        trace.convolvesChannelsLast() ? x.unwrapChannelsLast() : x.unwrap(),
        weight(node, trace),
        trace.parameter(node.biasName()).unwrap());
    boolean single = hasFaultyKernel(node, x);
    boolean transposed = node.layer() instanceof Layer.TransposedConv2d;
    Kernel used = !single
        ? kernel
        : transposed ? kernel.withSecondOutput(trace) : kernel.withSecondInput(trace);
    ScriptValue result = trace.product(3, function, used.arguments(geometry));
    if (single && transposed) {
      result = trace.call(
          "torch.contiguous",
          trace.call("torch.narrow", result, 1, 0, 1),
          "memory_format=" + DjlTrace.CONTIGUOUS);
    }
    Shape shape = node.output().prepend(x.shape().dimension(0));
    return trace.convolvesChannelsLast()
        ? DjlTensor.channelsLast(trace, shape, result)
        : trace.tensor(shape, result);
  }

  /**
   * Whether a convolution must not be left to oneDNN as it is. A transposed convolution to a single
   * channel, which the gradient of a single channel's convolution is too, comes out wrong of oneDNN
   * 3.7.1, which PyTorch 2.7 brings along, where the processor has AVX-512 and does not tell the
   * sizes of its caches, as in some virtual machines: all but one of the places that make up a
   * pixel are left out. With a second channel that is 0 it takes other ways, which are right.
   */
  private static boolean hasFaultyKernel(Network.Node node, DjlTensor x) {
    return node.layer() instanceof Layer.TransposedConv2d
        ? node.output().dimension(0) == 1
        : x.shape().dimension(1) == 1 && x.recording().dependsOnVariables(x.unwrap());
  }

  /**
   * Whether a kernel of a single pixel leaves pixels out. Its gradient must not be left to oneDNN
   * 3.7.1: with two threads and 8 channels of 32 x 28 made 7 with a stride of 2, it writes outside
   * of its memory, and the process ends. Within a frame of zeros it takes other ways.
   */
  private static boolean skips(Layer layer) {
    return layer instanceof Layer.Conv2d conv
        ? conv.kernel() == 1 && conv.stride() > 1
        : layer instanceof Layer.TransposedConv2d transposed
            && transposed.kernel() == 1
            && transposed.stride() > 1;
  }

  private static ScriptValue weight(Network.Node node, DjlTrace trace) {
    ScriptValue weight = trace.parameter(node.weightName()).unwrap();
    return skips(node.layer())
        ? trace.call("torch.constant_pad_nd", weight, new int[] {1, 1, 1, 1})
        : weight;
  }

  private static int[] padding(Network.Node node, int padding) {
    // A kernel of a single pixel has none of its own; that of its frame leaves all where it was.
    return skips(node.layer()) ? both(1) : both(padding);
  }

  /** What a convolution is computed of. */
  private record Kernel(ScriptValue x, ScriptValue weight, ScriptValue bias) {
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

  private static ScriptValue activate(Activation function, DjlTensor x) {
    DjlTrace trace = x.recording();
    ScriptValue value = x.unwrap();
    return switch (function) {
      case RELU -> trace.call("torch.relu", value);
      case TANH -> trace.call("torch.tanh", value);
      case SIGMOID -> trace.call("torch.sigmoid", value);
      case SOFTPLUS -> trace.call("torch.softplus", value);
      case LEAKY_RELU -> trace.call("torch.leaky_relu", value, Activation.LEAKY_SLOPE);
      case ELU -> trace.call("torch.elu", value);
      case GELU -> trace.call("torch.gelu", value);
    };
  }
}
