package io.github.jvae.backend.support;

import io.github.jvae.model.Network;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

  EngineTrace<T, ?, ?> trace() {
    return trace;
  }

  /** Returns how many examples there are. */
  int batch() {
    return batch;
  }

  /** Returns a batch of one of the network's inputs. */
  T input(String name) {
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
    boolean leftByConvolution = first.hasOnlyChannelsLast() && ahead.keeps();
    return shape.rank() == 3 && (leftByConvolution || convolvesChannelsLast(ahead))
        ? new Flow<>(first.channelsLast(), shape, true, null)
        : Flow.portable(first, shape);
  }

  /** Returns whether an image that is there is best put into [B, H, W, C]. */
  boolean convolvesChannelsLast(Lookahead ahead) {
    return trace.convolvesChannelsLast() && ahead.convolves();
  }

  private Tensor output(Flow<T> flow) {
    return flow.channelsLast() ? trace.image(flow.tensor()) : portable(flow).tensor();
  }

  /** Records layers one after another. */
  Flow<T> chain(List<Network.Node> nodes, Flow<T> start, Lookahead ahead) {
    Flow<T> flow = start;
    for (int i = 0; i < nodes.size(); i++) {
      trace.count(nodes.get(i), batch);
      flow = nodes
          .get(i)
          .layer()
          .accept(new LayerRecorder<>(this, nodes.get(i), flow, ahead.after(i)));
    }
    return flow;
  }

  /** Records another shape of each example. */
  T reshape(Tensor tensor, Shape example) {
    return trace.own(tensor.reshape(example.prepend(batch)));
  }

  /** Puts an image, or a vector of pixels, into the portable order. */
  Flow<T> portable(Flow<T> flow) {
    Shape image = flow.pixels() == null ? flow.shape() : flow.pixels();
    return flow.isPortable()
        ? flow
        : Flow.portable(
            reshape(
                reshape(flow.tensor(), image.permute(1, 2, 0)).transpose(0, 3, 1, 2), flow.shape()),
            flow.shape());
  }

  /** Puts an image into the order that the engine convolves in. */
  Flow<T> convolvable(Flow<T> flow) {
    return flow.channelsLast() || !trace.convolvesChannelsLast()
        ? flow
        : new Flow<>(trace.own(flow.tensor().transpose(0, 2, 3, 1)), flow.shape(), true, null);
  }
}
