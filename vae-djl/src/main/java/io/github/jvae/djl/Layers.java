package io.github.jvae.djl;

import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.Shape;

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
        both(layer.padding()),
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
        both(layer.padding()),
        both(layer.outputPadding()),
        ONE_GROUP,
        NO_DILATION);
  }

  private static DjlTensor kernel(
      Network.Node node, DjlTensor x, String function, Object... geometry) {
    DjlTrace trace = x.recording();
    boolean channelsLast = trace.convolvesChannelsLast();
    Object[] arguments = new Object[3 + geometry.length];
    arguments[0] = channelsLast ? x.unwrapChannelsLast() : x.unwrap();
    arguments[1] = trace.parameter(node.weightName()).unwrap();
    arguments[2] = trace.parameter(node.biasName()).unwrap();
    System.arraycopy(geometry, 0, arguments, 3, geometry.length);
    Shape shape = node.output().prepend(x.shape().dimension(0));
    ScriptValue result = trace.product(3, function, arguments);
    return channelsLast
        ? DjlTensor.channelsLast(trace, shape, result)
        : trace.tensor(shape, result);
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
