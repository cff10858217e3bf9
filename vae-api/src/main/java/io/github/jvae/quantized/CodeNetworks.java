package io.github.jvae.quantized;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Component;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The networks from an example to the numbers that codes stand for, [D, G] in row-major order, and
 * from the codes' vectors in that order to what the likelihood reads.
 *
 * <p>Where an architecture's encoder comes to a map of features before it flattens them, each place
 * of the map has a code; else the vector it ends in is split into as many as are asked for. All
 * other layers are the architecture's, with its first weights.
 */
final class CodeNetworks implements Component {
  private final Network encoder;
  private final Network decoder;
  private final int groups;
  private final List<Parameter> parameters;

  private CodeNetworks(Network encoder, Network decoder, int groups, List<Parameter> parameters) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.groups = groups;
    this.parameters = parameters;
  }

  /**
   * Makes the networks.
   *
   * @param architecture whose layers they are
   * @param size numbers of a code, D
   * @param split codes of an example where the encoder ends in a vector
   * @throws ConfigurationException if the architecture has conditions, or its decoder does not fit
   */
  static CodeNetworks of(Architecture architecture, int size, int split) {
    NetworkShapes shapes = architecture.shapes();
    if (!shapes.conditions().isEmpty()) {
      throw new ConfigurationException("model " + QuantizedModel.NAME + " is told nothing but the"
          + " examples; leave out the condition(s) "
          + String.join(", ", shapes.conditions().keySet()));
    }
    List<Network.Node> encoder = architecture.encoder().trunk();
    int flatten = flatteningAMap(encoder);
    if (flatten < 0) {
      List<Layer> layers = new ArrayList<>(layers(encoder));
      layers.add(new Layer.Dense(size * split));
      return of(architecture, layers, layers(architecture.decoder().trunk()), size, split);
    }
    Shape map = encoder.get(flatten).input();
    List<Layer> layers = new ArrayList<>(layers(encoder.subList(0, flatten)));
    layers.add(new Layer.Conv2d(size, 1, 1, 0));
    int places = map.dimension(1) * map.dimension(2);
    return of(architecture, layers, afterMap(architecture.decoder(), size), size, places);
  }

  /** The place of the layer that flattens a map which other layers have made; -1 for none. */
  private static int flatteningAMap(List<Network.Node> trunk) {
    for (int i = 1; i < trunk.size(); i++) {
      if (trunk.get(i).layer() instanceof Layer.Flatten && trunk.get(i).input().rank() == 3) {
        return i;
      }
    }
    return -1;
  }

  /** The layers of a decoder from a map on, of which each place has so many numbers. */
  private static List<Layer> afterMap(Network decoder, int size) {
    List<Layer> layers = layers(decoder.trunk());
    for (int i = 1; i + 1 < layers.size(); i++) {
      if (layers.get(i) instanceof Layer.Unflatten map) {
        List<Layer> rest = new ArrayList<>();
        rest.add(new Layer.Unflatten(size, map.height(), map.width()));
        rest.add(new Layer.Conv2d(map.channels(), 1, 1, 0));
        rest.addAll(
            layers.get(i - 1) instanceof Layer.Activate function ? List.of(function) : List.of());
        rest.addAll(layers.subList(i + 1, layers.size()));
        return rest;
      }
    }
    throw new ConfigurationException("model " + QuantizedModel.NAME + " has a code at each place of"
        + " a map of features, but the decoder makes no such map with an unflatten layer");
  }

  private static List<Layer> layers(List<Network.Node> nodes) {
    return nodes.stream().map(Network.Node::layer).toList();
  }

  private static CodeNetworks of(
      Architecture from, List<Layer> encoder, List<Layer> decoder, int size, int groups) {
    NetworkShapes shapes = from.shapes();
    Network encoding =
        Network.named("encoder").input("x", shapes.example()).layers(encoder).build();
    Network decoding = new Architecture(
            new NetworkShapes(
                shapes.example(),
                shapes.input(),
                size * groups,
                shapes.decoded(),
                Map.of(),
                new TreeMap<>()),
            List.of(),
            decoder)
        .decoder();
    return new CodeNetworks(
        encoding,
        decoding,
        groups,
        Stream.concat(
                startedAs(encoding.parameters(), from.encoder().parameters(), false).stream(),
                startedAs(decoding.parameters(), from.decoder().parameters(), true).stream())
            .toList());
  }

  /** Parameters with the first values of others, as far as they are the same from one end on. */
  private static List<Parameter> startedAs(
      List<Parameter> parameters, List<Parameter> others, boolean fromTheEnd) {
    List<Parameter> result = new ArrayList<>(parameters);
    int shared = Math.min(parameters.size(), others.size());
    for (int i = 0; i < shared; i++) {
      int place = fromTheEnd ? parameters.size() - 1 - i : i;
      Parameter mine = parameters.get(place);
      Parameter other = others.get(fromTheEnd ? others.size() - 1 - i : i);
      if (!mine.shape().equals(other.shape())) {
        break;
      }
      result.set(place, new Parameter(mine.name(), mine.shape(), other.initializer()));
    }
    return result;
  }

  Network encoder() {
    return encoder;
  }

  Network decoder() {
    return decoder;
  }

  /** Returns how many codes an example has, G. */
  int groups() {
    return groups;
  }

  @Override
  public List<Network> networks() {
    return List.of(encoder, decoder);
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }
}
