package io.github.jvae.onnx;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.model.Parameter;
import io.github.jvae.onnx.internal.OnnxModel;
import io.github.jvae.onnx.internal.OnnxPort;
import io.github.jvae.onnx.internal.OnnxReader;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network read from an ONNX file, such as an encoder that another program has trained: its layers
 * and their weights. The layers go from one input in a row to each output; where several outputs
 * part, they are heads.
 *
 * <pre>{@code
 * OnnxNetwork encoder = OnnxNetwork.read(Path.of("encoder.onnx"));
 * Vae vae = Vae.builder().layers(encoder.layers(), decoderLayers).latent(20).build();
 * vae.runtime().backend().variables().writeAll(encoder.weights("encoder"));
 * }</pre>
 */
public final class OnnxNetwork {
  private final String input;
  private final Shape example;
  private final List<ReadLayer> trunk;
  private final Map<String, List<ReadLayer>> heads;

  private OnnxNetwork(
      String input, Shape example, List<ReadLayer> trunk, Map<String, List<ReadLayer>> heads) {
    this.input = input;
    this.example = example;
    this.trunk = trunk;
    this.heads = heads;
  }

  /**
   * Reads a file.
   *
   * @throws VaeException if it is missing, damaged or no ONNX file, or has an operation or a form
   *     that no layer here has; the message names the operation and its node
   */
  public static OnnxNetwork read(Path file) {
    OnnxModel model = OnnxReader.read(file);
    try {
      return of(model);
    } catch (VaeException e) {
      throw new VaeException(
          "cannot make a network of " + Quote.path(file) + ": " + e.getMessage(), e);
    }
  }

  private static OnnxNetwork of(OnnxModel model) {
    OnnxPort input = onlyInput(model);
    LayerChains chains = new LayerChains(model, input.name());
    Map<String, List<ReadLayer>> all = new LinkedHashMap<>();
    for (OnnxPort output : model.outputs()) {
      all.put(output.name(), chains.to(output.name()));
    }
    List<ReadLayer> trunk = common(List.copyOf(all.values()));
    Map<String, List<ReadLayer>> heads = new LinkedHashMap<>();
    if (all.size() > 1) {
      all.forEach((name, chain) -> heads.put(name, chain.subList(trunk.size(), chain.size())));
    }
    OnnxNetwork network = new OnnxNetwork(input.name(), example(input), trunk, heads);
    network.requireFit();
    return network;
  }

  private static OnnxPort onlyInput(OnnxModel model) {
    List<OnnxPort> inputs = model.inputs().stream()
        .filter(input -> !model.data().containsKey(input.name()))
        .toList();
    if (inputs.size() != 1) {
      throw new VaeException("it takes " + inputs.size() + " inputs ("
          + Quote.list(inputs.stream().map(OnnxPort::name).toList())
          + "), but a network that can be read takes one");
    }
    return inputs.get(0);
  }

  private static Shape example(OnnxPort input) {
    List<OnnxPort.Extent> extents = input.extents();
    if (extents.size() < 2
        || !extents.stream().skip(1).allMatch(e -> e.isKnown() && e.size() <= Integer.MAX_VALUE)) {
      throw new VaeException("its input " + Quote.of(input.name())
          + " does not say the extents of an example; export it with all but the batch fixed");
    }
    return Shape.of(
        extents.stream().skip(1).mapToInt(extent -> (int) extent.size()).toArray());
  }

  private static List<ReadLayer> common(List<List<ReadLayer>> chains) {
    List<ReadLayer> first = chains.get(0);
    int length = 0;
    while (length < first.size() && allHave(chains, length, first.get(length))) {
      length++;
    }
    return first.subList(0, length);
  }

  /** Layers are the same if they are of the same node. */
  private static boolean allHave(List<List<ReadLayer>> chains, int place, ReadLayer layer) {
    return chains.stream()
        .allMatch(chain -> chain.size() > place && chain.get(place).node().equals(layer.node()));
  }

  /** Finds out whether the layers take what those before them make, with the weights there are. */
  private void requireFit() {
    weights("network");
  }

  /** Returns the shape of one example. */
  public Shape example() {
    return example;
  }

  /** Returns the layers up to where outputs part, or all where there is one output. */
  public List<Layer> layers() {
    return trunk.stream().map(ReadLayer::layer).toList();
  }

  /** Returns the network, whose parameters' names begin with a name; its heads are the outputs. */
  public Network network(String name) {
    Network.Builder builder = Network.named(name).input(input, example).layers(layers());
    heads.forEach((head, layers) ->
        builder.head(head, layers.stream().map(ReadLayer::layer).toArray(Layer[]::new)));
    return builder.build();
  }

  /**
   * Returns the weights by the names that they have in {@link #network}, in PyTorch's layouts.
   *
   * @param name of the network, such as {@code encoder}
   */
  public Map<String, HostTensor> weights(String name) {
    List<ReadLayer> layers = new ArrayList<>(trunk);
    heads.values().forEach(layers::addAll);
    List<Network.Node> nodes = network(name).nodes();
    Map<String, HostTensor> weights = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      List<Parameter> parameters = nodes.get(i).parameters();
      ReadLayer layer = layers.get(i);
      for (int j = 0; j < parameters.size(); j++) {
        HostTensor value = layer.weights().get(j);
        if (!value.shape().equals(parameters.get(j).shape())) {
          throw new VaeException("its node " + Quote.of(layer.node()) + " has "
              + (j == 0 ? "a weight " : "a bias ") + value.shape() + ", but what comes to it needs "
              + parameters.get(j).shape());
        }
        if (!value.isFinite()) {
          throw new VaeException(
              "its node " + Quote.of(layer.node()) + " has a weight that is not a finite number");
        }
        weights.put(parameters.get(j).name(), value);
      }
    }
    return weights;
  }
}
