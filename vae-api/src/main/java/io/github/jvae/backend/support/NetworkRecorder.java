package io.github.jvae.backend.support;

import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records a network with as few transpositions as there can be. Where an engine convolves images
 * [B, H, W, C], they are kept so from where they come in, or a vector turns into an image, to where
 * they go out or turn into a vector, if a convolution lies between; else they stay as they are. A
 * vector made of such an image has its numbers in another order than the portable one, and a dense
 * layer next to it takes the difference into the layout of its weight.
 *
 * @param <T> the engine's tensors
 */
final class NetworkRecorder<T extends EngineTensor<T, ?>> {
  private final EngineTrace<T, ?, ?> trace;
  private final Network network;
  private final Map<String, Tensor> inputs;
  private final int batch;

  /** @param inputs a batch of each of the network's inputs, checked */
  NetworkRecorder(EngineTrace<T, ?, ?> trace, Network network, Map<String, Tensor> inputs) {
    this.trace = trace;
    this.network = network;
    this.inputs = inputs;
    this.batch = inputs.values().iterator().next().shape().dimension(0);
  }

  private T input(String name) {
    return trace.own(Objects.requireNonNull(inputs.get(name)));
  }

  /** Records all of it and returns what it makes, by name. */
  Map<String, Tensor> record() {
    Lookahead ahead = Lookahead.of(network);
    Flow<T> features = chain(network.trunk(), start(ahead), ahead);
    Map<String, Tensor> result = new LinkedHashMap<>();
    network
        .heads()
        .forEach((name, nodes) ->
            result.put(name, output(chain(nodes, features, new Lookahead(nodes, List.of())))));
    return network.heads().isEmpty() ? Map.of(Network.OUTPUT, output(features)) : result;
  }

  private Flow<T> start(Lookahead ahead) {
    T first = input(network.inputs().keySet().iterator().next());
    Shape shape = network.input();
    return shape.rank() == 3 && convolvesChannelsLast(ahead)
        ? new Flow<>(first.channelsLast(), shape, true, null)
        : Flow.portable(first, shape);
  }

  private boolean convolvesChannelsLast(Lookahead ahead) {
    return trace.convolvesChannelsLast() && ahead.convolves();
  }

  private Tensor output(Flow<T> flow) {
    return flow.channelsLast() ? trace.image(flow.tensor()) : portable(flow).tensor();
  }

  private Flow<T> chain(List<Network.Node> nodes, Flow<T> start, Lookahead ahead) {
    Flow<T> flow = start;
    for (int i = 0; i < nodes.size(); i++) {
      flow = nodes.get(i).layer().accept(new Step(nodes.get(i), flow, ahead.after(i)));
    }
    return flow;
  }

  private T reshape(Tensor tensor, Shape example) {
    return trace.own(tensor.reshape(example.prepend(batch)));
  }

  /** Puts an image, or a vector of pixels, into the portable order. */
  private Flow<T> portable(Flow<T> flow) {
    Shape image = flow.pixels() == null ? flow.shape() : flow.pixels();
    return flow.isPortable()
        ? flow
        : Flow.portable(
            reshape(
                reshape(flow.tensor(), image.permute(1, 2, 0)).transpose(0, 3, 1, 2), flow.shape()),
            flow.shape());
  }

  /** Puts an image into the order that the engine convolves in. */
  private Flow<T> convolvable(Flow<T> flow) {
    return flow.channelsLast() || !trace.convolvesChannelsLast()
        ? flow
        : new Flow<>(trace.own(flow.tensor().transpose(0, 2, 3, 1)), flow.shape(), true, null);
  }

  /** One layer in its place: what it takes, and what is ahead, itself first. */
  private final class Step implements Layer.Cases<Flow<T>> {
    private final Network.Node node;
    private final Flow<T> flow;
    private final Lookahead ahead;

    Step(Network.Node node, Flow<T> flow, Lookahead ahead) {
      this.node = node;
      this.flow = flow;
      this.ahead = ahead;
    }

    @Override
    public Flow<T> dense(Layer.Dense layer) {
      return dense(layer, (weight, layout) -> weight);
    }

    @Override
    public Flow<T> maskedDense(Layer.MaskedDense layer) {
      float[] mask = new float[layer.mask().size()];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = layer.mask().get(i);
      }
      return dense(
          layer,
          (weight, layout) -> trace.own(weight.multiply(
              trace.constant(HostTensor.of(layout.stored(), layout.toStored(mask))))));
    }

    /** @param used makes of a weight, in its layout, the one that is multiplied with */
    private Flow<T> dense(Layer.Weighted layer, BiFunction<T, Layout, T> used) {
      Shape pixels = trace.convolvesChannelsLast() ? ahead.after(1).pixelsWanted() : null;
      Layout layout = Layout.weight(
          layer.weight(node.input()),
          pixels,
          flow.pixels(),
          trace.isInputsFirst(node.input().dimension(0), layer.outputs()));
      T made = trace.dense(
          flow.tensor(),
          used.apply(trace.parameter(node.weightName(), layout), layout),
          trace.parameter(node.biasName(), Layout.pixels(node.output(), pixels)));
      return new Flow<>(made, node.output(), false, pixels);
    }

    @Override
    public Flow<T> conv2d(Layer.Conv2d layer) {
      Flow<T> image = convolvable(flow);
      return image.with(
          trace.convolution(layer, image.tensor(), kernel(layer), bias(), result(image)),
          node.output());
    }

    @Override
    public Flow<T> transposedConv2d(Layer.TransposedConv2d layer) {
      Flow<T> image = convolvable(flow);
      return image.with(
          trace.transposedConvolution(layer, image.tensor(), kernel(layer), bias(), result(image)),
          node.output());
    }

    private T kernel(Layer.Weighted layer) {
      return trace.parameter(node.weightName(), trace.kernel(layer.weight(node.input())));
    }

    private T bias() {
      return trace.parameter(node.biasName());
    }

    private Shape result(Flow<T> image) {
      Shape made = node.output();
      return (image.channelsLast() ? made.permute(1, 2, 0) : made).prepend(batch);
    }

    @Override
    public Flow<T> activate(Layer.Activate layer) {
      return flow.with(trace.activation(layer.function(), flow.tensor()), node.output());
    }

    @Override
    public Flow<T> flatten(Layer.Flatten layer) {
      if (node.input().rank() != 3) {
        return flow;
      }
      Shape pixels = flow.channelsLast() ? Lookahead.reordered(node.input()) : null;
      return new Flow<>(reshape(flow.tensor(), node.output()), node.output(), false, pixels);
    }

    @Override
    public Flow<T> unflatten(Layer.Unflatten layer) {
      Shape image = node.output();
      boolean convolves = convolvesChannelsLast(ahead.after(1));
      Shape wanted = convolves ? Lookahead.reordered(image) : null;
      Flow<T> given = isOrderedAs(wanted) ? flow : portable(flow);
      if (convolves && (given.pixels() != null || wanted == null)) {
        return new Flow<>(reshape(given.tensor(), image.permute(1, 2, 0)), image, true, null);
      }
      Flow<T> made = Flow.portable(reshape(given.tensor(), image), image);
      return convolves ? convolvable(made) : made;
    }

    /** Whether numbers in the order in which they are can become such an image. */
    private boolean isOrderedAs(@Nullable Shape image) {
      return flow.isPortable() || (flow.pixels() != null && Objects.equals(flow.pixels(), image));
    }

    @Override
    public Flow<T> residual(Layer.Residual layer) {
      Flow<T> body = chain(node.body(), flow, ahead.within(node.body()));
      Flow<T> shortcut = chain(node.shortcut(), flow, ahead.within(node.shortcut()));
      if (!Objects.equals(body.pixels(), shortcut.pixels())) {
        body = portable(body);
        shortcut = portable(shortcut);
      } else if (body.channelsLast() != shortcut.channelsLast()) {
        body = convolvable(body);
        shortcut = convolvable(shortcut);
      }
      return body.with(trace.own(body.tensor().add(shortcut.tensor())), node.output());
    }

    @Override
    public Flow<T> join(Layer.Join layer) {
      Flow<T> given = node.input().rank() == 1 ? portable(flow) : flow;
      Tensor further = alike(given, input(layer.input()));
      return given.with(
          trace.own(given.tensor().concat(given.channelAxis(), further)), node.output());
    }

    /** A further input as what is there: an image's order of axes, a vector in every pixel. */
    private Tensor alike(Flow<T> given, T further) {
      if (given.shape().rank() == 1) {
        return further;
      }
      if (further.shape().rank() == 4) {
        return given.channelsLast() ? further.channelsLast() : further;
      }
      int axis = given.channelAxis();
      int numbers = further.shape().dimension(1);
      Shape pixel = Shape.of(batch, 1, 1, 1).with(axis, numbers);
      return further.reshape(pixel).broadcastTo(given.tensor().shape().with(axis, numbers));
    }

    @Override
    public Flow<T> upsample(Layer.Upsample layer) {
      return flow.with(trace.own(Pixels.of(flow).upsample(layer.factor())), node.output());
    }

    @Override
    public Flow<T> averagePool(Layer.AveragePool layer) {
      return flow.with(trace.own(Pixels.of(flow).averagePool(layer.size())), node.output());
    }

    /** A channel's numbers may be scattered over a vector of pixels, and groups even more so. */
    private Flow<T> byChannel() {
      return node.input().rank() == 1 ? portable(flow) : flow;
    }

    @Override
    public Flow<T> groupNorm(Layer.GroupNorm layer) {
      Flow<T> given = byChannel();
      int groups = layer.groups();
      Shape shape = given.tensor().shape();
      int members = node.input().dimension(0) / groups;
      Tensor standard = given.channelsLast()
          ? standardized(given.tensor().reshape(batch, -1, groups, members), 1, 3)
          : standardized(given.tensor().reshape(batch, groups, -1), 2);
      return scaled(given, standard.reshape(shape), Layout.portable(layer.scale(node.input())));
    }

    @Override
    public Flow<T> layerNorm(Layer.LayerNorm layer) {
      Tensor standard = standardized(flow.tensor().reshape(batch, -1), 1);
      Layout layout = flow.channelsLast()
          ? Layout.permuted(node.input(), 1, 2, 0)
          : Layout.pixels(node.input(), flow.pixels());
      return scaled(flow, standard.reshape(flow.tensor().shape()), layout);
    }

    /** Gives numbers mean 0 and variance 1 over some axes. */
    private static Tensor standardized(Tensor x, int... axes) {
      Tensor centred = x.subtract(x.reduce(Reduction.MEAN, true, axes));
      Tensor variance = centred.square().reduce(Reduction.MEAN, true, axes);
      return centred.divide(variance.add(Layer.Normalizing.EPSILON).sqrt());
    }

    /**
     * Scales and shifts by the layer's parameters: a number for each channel, or for each place.
     */
    private Flow<T> scaled(Flow<T> given, Tensor standard, Layout layout) {
      Tensor scale = alongChannels(given, trace.parameter(node.weightName(), layout));
      Tensor shift = alongChannels(given, trace.parameter(node.biasName(), layout));
      return given.with(trace.own(standard.multiply(scale).add(shift)), node.output());
    }

    private Tensor alongChannels(Flow<T> given, Tensor numbers) {
      return numbers.shape().rank() == 1 && given.shape().rank() == 3 && !given.channelsLast()
          ? numbers.reshape(-1, 1, 1)
          : numbers;
    }

    @Override
    public Flow<T> gated(Layer.Gated layer) {
      Flow<T> given = byChannel();
      int axis = given.channelAxis();
      int half = node.output().dimension(0);
      Tensor linear = given.tensor().slice(axis, 0, half);
      Tensor gate = given.tensor().slice(axis, half, 2 * half).sigmoid();
      return given.with(trace.own(linear.multiply(gate)), node.output());
    }
  }
}
