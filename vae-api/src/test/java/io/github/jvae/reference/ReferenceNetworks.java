package io.github.jvae.reference;

import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Posterior;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/** Networks, layer by layer, images as [B, C, H, W] throughout. */
final class ReferenceNetworks {
  private ReferenceNetworks() {}

  record NetworkEncoder(Architecture architecture) implements Encoder {
    @Override
    public List<Parameter> parameters() {
      return architecture.encoderParameters();
    }

    @Override
    public Posterior encode(Inputs in) {
      Tensor x = in.x();
      Tensor features = apply(architecture.encoder(), x);
      return new DiagonalGaussian(
          apply(architecture.mean(), features), apply(architecture.logVariance(), features));
    }
  }

  record NetworkDecoder(Architecture architecture) implements Decoder {
    @Override
    public List<Parameter> parameters() {
      return architecture.decoderParameters();
    }

    @Override
    public Tensor decode(Tensor z, Conditions conditions) {
      return apply(architecture.decoder(), z);
    }
  }

  private static Tensor apply(Network network, Tensor x) {
    Tensor result = x;
    for (Network.Node node : network.nodes()) {
      result = apply(node, result);
    }
    return result;
  }

  private static Tensor apply(Network.Node node, Tensor x) {
    Shape result = node.output().prepend(x.shape().dimension(0));
    Layer layer = node.layer();
    if (layer instanceof Layer.Activate activate) {
      return activate(activate.function(), x);
    }
    if (layer instanceof Layer.Dense) {
      return x.matmul(parameter(x, node.weightName()).transpose(1, 0))
          .add(parameter(x, node.biasName()));
    }
    if (layer instanceof Layer.Conv2d conv) {
      ReferenceTensor weight = parameter(x, node.weightName());
      return withBias(
          node, ((ReferenceTensor) x).convolve(weight, result, conv.stride(), conv.padding()));
    }
    if (layer instanceof Layer.TransposedConv2d conv) {
      ReferenceTensor weight = parameter(x, node.weightName());
      return withBias(
          node,
          ((ReferenceTensor) x).convolveTransposed(weight, result, conv.stride(), conv.padding()));
    }
    // Flatten and unflatten: channels are outermost in both shapes.
    return x.reshape(result);
  }

  private static Tensor withBias(Network.Node node, Tensor images) {
    return images.add(parameter(images, node.biasName()).reshape(1, -1, 1, 1));
  }

  private static ReferenceTensor parameter(Tensor x, String name) {
    return (ReferenceTensor) x.trace().parameter(name);
  }

  private static Tensor activate(Activation function, Tensor x) {
    return switch (function) {
      case RELU -> x.relu();
      case TANH -> x.tanh();
      case SIGMOID -> x.sigmoid();
      case SOFTPLUS -> x.softplus();
      case LEAKY_RELU -> x.relu().subtract(x.negate().relu().multiply(Activation.LEAKY_SLOPE));
      case ELU -> x.relu().add(x.minimum(0).expm1());
      case GELU -> x.multiply(0.5).multiply(x.multiply(Math.sqrt(0.5)).erf().add(1));
    };
  }
}
