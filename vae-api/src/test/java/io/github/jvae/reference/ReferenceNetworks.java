package io.github.jvae.reference;

import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Records a network layer by layer, images as [B, C, H, W] throughout. */
final class ReferenceNetworks {
  private final Network network;
  private final Map<String, Tensor> inputs;

  ReferenceNetworks(Network network, Map<String, Tensor> inputs) {
    this.network = network;
    this.inputs = inputs;
  }

  Map<String, Tensor> record() {
    String first = network.inputs().keySet().iterator().next();
    Tensor features = chain(network.trunk(), Objects.requireNonNull(inputs.get(first)));
    Map<String, Tensor> result = new LinkedHashMap<>();
    network.heads().forEach((name, nodes) -> result.put(name, chain(nodes, features)));
    return network.heads().isEmpty() ? Map.of(Network.OUTPUT, features) : result;
  }

  private Tensor chain(List<Network.Node> nodes, Tensor x) {
    Tensor result = x;
    for (Network.Node node : nodes) {
      result = node.layer().accept(new Step(node, result));
    }
    return result;
  }

  /** One layer in its place, with what it takes. */
  private final class Step implements Layer.Cases<Tensor> {
    private final Network.Node node;
    private final Tensor x;
    private final Shape result;

    Step(Network.Node node, Tensor x) {
      this.node = node;
      this.x = x;
      this.result = node.output().prepend(x.shape().dimension(0));
    }

    private ReferenceTensor weight() {
      return (ReferenceTensor) x.trace().parameter(node.weightName());
    }

    private Tensor withBias(Tensor images) {
      return images.add(x.trace().parameter(node.biasName()).reshape(1, -1, 1, 1));
    }

    @Override
    public Tensor dense(Layer.Dense layer) {
      return x.matmul(weight().transpose(1, 0)).add(x.trace().parameter(node.biasName()));
    }

    @Override
    public Tensor conv2d(Layer.Conv2d layer) {
      ReferenceTensor image = (ReferenceTensor) x;
      return withBias(image.convolve(weight(), result, layer.stride(), layer.padding()));
    }

    @Override
    public Tensor transposedConv2d(Layer.TransposedConv2d layer) {
      ReferenceTensor image = (ReferenceTensor) x;
      return withBias(image.convolveTransposed(weight(), result, layer.stride(), layer.padding()));
    }

    /** As a convolution of images that are one row high, with the padding there already. */
    @Override
    public Tensor conv1d(Layer.Conv1d layer) {
      Tensor padded = x;
      if (layer.padding() > 0) {
        Tensor zeros = x.trace().constant(HostTensor.zeros(x.shape().with(2, layer.padding())));
        padded = zeros.concat(2, x, zeros);
      }
      return withBias(row(padded)
              .convolve(
                  square(),
                  Shape.of(result.dimension(0), result.dimension(1), 1, result.dimension(2)),
                  layer.stride(),
                  0))
          .reshape(result);
    }

    @Override
    public Tensor transposedConv1d(Layer.TransposedConv1d layer) {
      int whole = result.dimension(2) + 2 * layer.padding();
      Tensor made = withBias(row(x)
          .convolveTransposed(
              square(),
              Shape.of(result.dimension(0), result.dimension(1), 1, whole),
              layer.stride(),
              0));
      return made.slice(3, layer.padding(), layer.padding() + result.dimension(2))
          .reshape(result);
    }

    /**
     * A kernel of which the first row is the series' one; what is below that, is below the image.
     */
    private ReferenceTensor square() {
      ReferenceTensor row = row(weight());
      int kernel = row.shape().dimension(3);
      return kernel == 1
          ? row
          : (ReferenceTensor) row.concat(
              2, x.trace().constant(HostTensor.zeros(row.shape().with(2, kernel - 1))));
    }

    private ReferenceTensor row(Tensor series) {
      Shape shape = series.shape();
      return (ReferenceTensor)
          series.reshape(Shape.of(shape.dimension(0), shape.dimension(1), 1, shape.dimension(2)));
    }

    @Override
    public Tensor unflatten1d(Layer.Unflatten1d layer) {
      return x.reshape(result);
    }

    @Override
    public Tensor activate(Layer.Activate layer) {
      return ReferenceNetworks.activate(layer.function(), x);
    }

    /** Channels are outermost in both shapes. */
    @Override
    public Tensor flatten(Layer.Flatten layer) {
      return x.reshape(result);
    }

    @Override
    public Tensor unflatten(Layer.Unflatten layer) {
      return x.reshape(result);
    }

    @Override
    public Tensor residual(Layer.Residual layer) {
      return chain(node.body(), x).add(chain(node.shortcut(), x));
    }

    @Override
    public Tensor join(Layer.Join layer) {
      Tensor further = Objects.requireNonNull(inputs.get(layer.input()));
      if (further.shape().rank() < x.shape().rank()) {
        Shape pixels = x.shape().with(1, further.shape().dimension(1));
        further = further.reshape(pixels.with(2, 1).with(3, 1)).broadcastTo(pixels);
      }
      return x.concat(1, further);
    }

    @Override
    public Tensor maskedDense(Layer.MaskedDense layer) {
      HostTensor mask = HostTensor.zeros(weight().shape());
      for (int i = 0; i < layer.mask().size(); i++) {
        mask.data()[i] = layer.mask().get(i);
      }
      Tensor weight = weight().multiply(x.trace().constant(mask));
      return x.matmul(weight.transpose(1, 0)).add(x.trace().parameter(node.biasName()));
    }

    /** A transposed convolution by which each pixel of a channel fills a square of that channel. */
    @Override
    public Tensor upsample(Layer.Upsample layer) {
      return ((ReferenceTensor) x)
          .convolveTransposed(squares(layer.factor(), 1), result, layer.factor(), 0);
    }

    /** A convolution by which each pixel of a channel is made of a square of that channel. */
    @Override
    public Tensor averagePool(Layer.AveragePool layer) {
      int size = layer.size();
      return ((ReferenceTensor) x).convolve(squares(size, 1.0 / (size * size)), result, size, 0);
    }

    /** A kernel [C, C, size, size] that leads from each channel to itself. */
    private ReferenceTensor squares(int size, double number) {
      int channels = x.shape().dimension(1);
      HostTensor ones = HostTensor.zeros(Shape.of(channels, channels, size, size));
      for (int channel = 0; channel < channels; channel++) {
        int begin = channel * (channels + 1) * size * size;
        Arrays.fill(ones.data(), begin, begin + size * size, 1);
      }
      return (ReferenceTensor) x.trace().constant(ones).multiply(number);
    }

    @Override
    public Tensor groupNorm(Layer.GroupNorm layer) {
      int members = x.shape().dimension(1) / layer.groups();
      List<Tensor> groups = new ArrayList<>();
      for (int group = 0; group < layer.groups(); group++) {
        groups.add(standardized(x.slice(1, group * members, (group + 1) * members)));
      }
      Tensor all = groups.get(0).concat(1, groups.stream().skip(1).toArray(Tensor[]::new));
      Shape channels = Shape.of(1, x.shape().dimension(1));
      return scaled(
          all, x.shape().rank() == 2 ? channels : Shape.of(1, x.shape().dimension(1), 1, 1));
    }

    @Override
    public Tensor layerNorm(Layer.LayerNorm layer) {
      return scaled(standardized(x), node.input());
    }

    /** Of each example over all its numbers. */
    private Tensor standardized(Tensor numbers) {
      int[] axes = IntStream.range(1, numbers.shape().rank()).toArray();
      Tensor mean = numbers.reduce(Reduction.MEAN, true, axes);
      Tensor variance = numbers.square().reduce(Reduction.MEAN, true, axes).subtract(mean.square());
      return numbers
          .subtract(mean)
          .divide(variance.add(Layer.Normalizing.EPSILON).sqrt());
    }

    private Tensor scaled(Tensor standard, Shape shape) {
      Tensor shift = x.trace().parameter(node.biasName()).reshape(shape);
      return standard.multiply(weight().reshape(shape)).add(shift);
    }

    @Override
    public Tensor gated(Layer.Gated layer) {
      int half = result.dimension(1);
      return x.slice(1, 0, half).multiply(x.slice(1, half, 2 * half).sigmoid());
    }
  }

  private static Tensor activate(Activation function, Tensor x) {
    return switch (function) {
      case RELU -> x.relu();
      case TANH -> x.tanh();
      case SIGMOID -> x.sigmoid();
      case SOFTPLUS -> x.softplus();
      case LEAKY_RELU -> x.relu().subtract(x.negate().relu().multiply(Activation.LEAKY_SLOPE));
      case ELU -> x.relu().add(x.minimum(0).expm1());
      case SILU -> x.multiply(x.sigmoid());
      case GELU -> x.multiply(0.5).multiply(x.multiply(Math.sqrt(0.5)).erf().add(1));
    };
  }
}
