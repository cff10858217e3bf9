package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the layers of a network one after another, and gives those with parameters their names. */
final class Placement {
  /** More than any engine trains; a file may ask for millions. */
  private static final int MOST_LAYERS = 10_000;

  private final String network;
  private final Map<String, Shape> inputs;

  /**
   * @param network its name
   * @param inputs what it takes, by name
   */
  Placement(String network, Map<String, Shape> inputs) {
    this.network = network;
    this.inputs = inputs;
  }

  /** @throws VaeException if a network of so many layers is out of the question */
  static void requireDepth(int layers) {
    if (layers > MOST_LAYERS) {
      throw new ConfigurationException(
          "a network has at most " + MOST_LAYERS + " layers, and " + layers + " are asked for");
    }
  }

  /**
   * Places the layers that the first input feeds.
   *
   * @param lastName what the last layer with parameters is called, or null to number it as the rest
   */
  List<Network.Node> trunk(Shape input, List<Layer> layers, @Nullable String lastName) {
    return numbered(network, network, input, layers, lastName);
  }

  /** Places the layers of a head: a single one with parameters has the head's name. */
  List<Network.Node> head(String head, Shape input, List<Layer> layers) {
    String place = network + " head " + head;
    return trained(layers) == 1
        ? numbered(place, network, input, layers, head)
        : numbered(place, network + "." + head, input, layers, null);
  }

  private static long trained(List<Layer> layers) {
    return layers.stream().filter(Layer::hasParameters).count();
  }

  /**
   * Places layers one after another.
   *
   * @param place where they are, for messages
   * @param stem the first part of the parameters' names
   */
  private List<Network.Node> numbered(
      String place, String stem, Shape input, List<Layer> layers, @Nullable String lastName) {
    requireDepth(layers.size());
    long last = trained(layers) - 1;
    List<Network.Node> nodes = new ArrayList<>();
    Shape shape = input;
    int number = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      String name = null;
      if (layer.hasParameters()) {
        name = stem + "." + (lastName != null && number == last ? lastName : number);
        number++;
      }
      Network.Node node = node(place + " layer " + i, layer, name, shape);
      nodes.add(node);
      shape = node.output();
    }
    return nodes;
  }

  private Network.Node node(String place, Layer layer, @Nullable String name, Shape input) {
    Shape output;
    try {
      output = layer.output(input, inputs);
    } catch (VaeException e) {
      throw new ConfigurationException(place + ": " + e.getMessage(), e);
    }
    List<Network.Node> body = List.of();
    List<Network.Node> shortcut = List.of();
    if (layer instanceof Layer.Residual residual) {
      body = numbered(place + " body", name + ".body", input, residual.body(), null);
      shortcut =
          numbered(place + " shortcut", name + ".shortcut", input, residual.shortcut(), null);
    }
    return new Network.Node(layer, name, input, output, List.of(), body, shortcut)
        .with(Initialization.FAN_IN);
  }
}
