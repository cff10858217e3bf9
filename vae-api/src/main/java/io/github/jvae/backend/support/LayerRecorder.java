package io.github.jvae.backend.support;

import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records one layer in its place. Dense and convolutional layers and activations are the engine's;
 * what portable operations make up is written here, for whatever order of axes it meets.
 *
 * @param <T> the engine's tensors
 */
final class LayerRecorder<T extends EngineTensor<T, ?>> implements Layer.Cases<Flow<T>> {
  private final NetworkRecorder<T> recorder;
  private final EngineTrace<T, ?, ?> trace;
  private final int batch;
  private final Network.Node node;
  private final Flow<T> flow;
  private final Lookahead ahead;

  /**
   * @param recorder of the network that the layer is in
   * @param flow what it takes
   * @param ahead what is to come, itself first
   */
  LayerRecorder(NetworkRecorder<T> recorder, Network.Node node, Flow<T> flow, Lookahead ahead) {
    this.recorder = recorder;
    this.trace = recorder.trace();
    this.batch = recorder.batch();
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
    return dense(
        layer,
        (weight, layout) -> trace.masked(
            node.weightName(),
            layout,
            () -> trace.own(weight.multiply(trace.constant(mask(layer, layout))))));
  }

  private static HostTensor mask(Layer.MaskedDense layer, Layout layout) {
    float[] mask = new float[layer.mask().size()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = layer.mask().get(i);
    }
    return HostTensor.of(layout.stored(), layout.toStored(mask));
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
    Flow<T> image = recorder.convolvable(flow);
    return image.with(
        trace.convolution(layer, image.tensor(), kernel(layer), bias(), result(image)),
        node.output());
  }

  @Override
  public Flow<T> transposedConv2d(Layer.TransposedConv2d layer) {
    Flow<T> image = recorder.convolvable(flow);
    return image.with(
        trace.transposedConvolution(layer, image.tensor(), kernel(layer), bias(), result(image)),
        node.output());
  }

  @Override
  public Flow<T> conv1d(Layer.Conv1d layer) {
    return series(SeriesConvolution.of(
        flow.tensor(),
        portableWeight(layer),
        layer.stride(),
        layer.padding(),
        node.output().dimension(1)));
  }

  @Override
  public Flow<T> transposedConv1d(Layer.TransposedConv1d layer) {
    return series(SeriesConvolution.transposed(
        flow.tensor(),
        portableWeight(layer),
        layer.stride(),
        layer.padding(),
        node.output().dimension(1)));
  }

  private T portableWeight(Layer.Weighted layer) {
    return trace.parameter(node.weightName(), Layout.portable(layer.weight(node.input())));
  }

  private Flow<T> series(Tensor made) {
    return Flow.portable(trace.own(made.add(bias().reshape(-1, 1))), node.output());
  }

  @Override
  public Flow<T> unflatten1d(Layer.Unflatten1d layer) {
    return Flow.portable(
        recorder.reshape(recorder.portable(flow).tensor(), node.output()), node.output());
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
    if (node.input().rank() == 1) {
      return flow;
    }
    Shape pixels = flow.channelsLast() ? Lookahead.reordered(node.input()) : null;
    return new Flow<>(recorder.reshape(flow.tensor(), node.output()), node.output(), false, pixels);
  }

  @Override
  public Flow<T> unflatten(Layer.Unflatten layer) {
    Shape image = node.output();
    boolean convolves = recorder.convolvesChannelsLast(ahead.after(1));
    Shape wanted = convolves ? Lookahead.reordered(image) : null;
    Flow<T> given = isOrderedAs(wanted) ? flow : recorder.portable(flow);
    if (convolves && (given.pixels() != null || wanted == null)) {
      return new Flow<>(
          recorder.reshape(given.tensor(), image.permute(1, 2, 0)), image, true, null);
    }
    Flow<T> made = Flow.portable(recorder.reshape(given.tensor(), image), image);
    return convolves ? recorder.convolvable(made) : made;
  }

  /** Whether numbers in the order in which they are can become such an image. */
  private boolean isOrderedAs(@Nullable Shape image) {
    return flow.isPortable() || (flow.pixels() != null && Objects.equals(flow.pixels(), image));
  }

  @Override
  public Flow<T> residual(Layer.Residual layer) {
    Flow<T> body = recorder.chain(node.body(), flow, ahead.within(node.body()));
    Flow<T> shortcut = recorder.chain(node.shortcut(), flow, ahead.within(node.shortcut()));
    if (!Objects.equals(body.pixels(), shortcut.pixels())) {
      body = recorder.portable(body);
      shortcut = recorder.portable(shortcut);
    } else if (body.channelsLast() != shortcut.channelsLast()) {
      body = recorder.convolvable(body);
      shortcut = recorder.convolvable(shortcut);
    }
    return body.with(trace.own(body.tensor().add(shortcut.tensor())), node.output());
  }

  @Override
  public Flow<T> join(Layer.Join layer) {
    Flow<T> given = node.input().rank() == 1 ? recorder.portable(flow) : flow;
    Tensor further = alike(given, recorder.input(layer.input()));
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
    return node.input().rank() == 1 ? recorder.portable(flow) : flow;
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

  /** Scales and shifts by the layer's parameters: a number for each channel, or for each place. */
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
