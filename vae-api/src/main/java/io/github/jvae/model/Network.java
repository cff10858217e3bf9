package io.github.jvae.model;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers in their places: each knows the shapes it takes and makes, and its parameters' names.
 * Shapes are of one example, without the batch.
 *
 * @param input what the first layer takes
 * @param nodes the layers, in order
 */
public record Network(Shape input, List<Node> nodes) {
  /** More than any engine trains; a file may ask for millions. */
  private static final int MOST_LAYERS = 10_000;

  public Network {
    nodes = List.copyOf(nodes);
  }

  /**
   * A layer in its place.
   *
   * @param layer the layer
   * @param name the stem of its parameters' names, such as {@code encoder.0}; null if it has none
   * @param input the shape it takes
   * @param output the shape it makes
   * @param parameters the weight and the bias, if the layer has them
   */
  public record Node(
      Layer layer, @Nullable String name, Shape input, Shape output, List<Parameter> parameters) {

    public Node {
      parameters = List.copyOf(parameters);
    }

    /** A layer whose parameters start as PyTorch's do. */
    static Node of(Layer layer, @Nullable String name, Shape input, Shape output) {
      return new Node(layer, name, input, output, List.of()).with(Initialization.FAN_IN);
    }

    /** The same with other first values. */
    Node with(Initialization initialization) {
      if (!(layer instanceof Layer.Weighted weighted)) {
        return this;
      }
      int fanIn = weighted.fanIn(input);
      return new Node(
          layer,
          name,
          input,
          output,
          List.of(
              new Parameter(
                  weightName(),
                  weighted.weight(input),
                  initialization.weight(fanIn, weighted.fanOut(input))),
              bias(weighted, initialization.bias(fanIn))));
    }

    /** The same with another first bias; the layer has one. */
    Node withBias(Initializer initializer) {
      return new Node(
          layer,
          name,
          input,
          output,
          List.of(parameters.get(0), bias((Layer.Weighted) layer, initializer)));
    }

    private Parameter bias(Layer.Weighted weighted, Initializer initializer) {
      return new Parameter(biasName(), Shape.of(weighted.outputs()), initializer);
    }

    /** The weight's portable name. */
    public String weightName() {
      return name + ".weight";
    }

    /** The bias' portable name. */
    public String biasName() {
      return name + ".bias";
    }
  }

  /** What the last layer makes. */
  public Shape output() {
    return nodes.isEmpty() ? input : nodes.get(nodes.size() - 1).output();
  }

  /** The parameters of all layers, in order. */
  public List<Parameter> parameters() {
    return nodes.stream().flatMap(node -> node.parameters().stream()).toList();
  }

  /** The same layers with other first values. */
  Network with(Initialization initialization) {
    return new Network(
        input, nodes.stream().map(node -> node.with(initialization)).toList());
  }

  /**
   * The layer that makes what this network makes, but for its arrangement.
   *
   * @return null if the last layers are others than one with a weight and a bias, and then flatten
   *     or unflatten layers
   */
  @Nullable
  Node last() {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Layer layer = nodes.get(i).layer();
      if (layer instanceof Layer.Weighted) {
        return nodes.get(i);
      }
      if (!(layer instanceof Layer.Flatten || layer instanceof Layer.Unflatten)) {
        return null;
      }
    }
    return null;
  }

  /**
   * Places layers one after another.
   *
   * @param stem the first part of the parameters' names
   * @param lastName what the last layer with parameters is called, or null to number it as the rest
   * @throws VaeException if a layer cannot take what the one before it makes
   */
  static Network place(String stem, Shape input, List<Layer> layers, @Nullable String lastName) {
    requireDepth(layers.size());
    long weighted = layers.stream().filter(Layer.Weighted.class::isInstance).count();
    List<Node> nodes = new ArrayList<>();
    Shape shape = input;
    int number = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      String name = null;
      if (layer instanceof Layer.Weighted) {
        boolean last = lastName != null && number == weighted - 1;
        name = stem + "." + (last ? lastName : Integer.toString(number));
        number++;
      }
      Node node = nodeAt(stem, i, layer, name, shape);
      nodes.add(node);
      shape = node.output();
    }
    return new Network(input, nodes);
  }

  private static Node nodeAt(
      String stem, int position, Layer layer, @Nullable String name, Shape input) {
    try {
      return Node.of(layer, name, input, layer.output(input));
    } catch (VaeException e) {
      throw new VaeException(stem + " layer " + position + ": " + e.getMessage(), e);
    }
  }

  /** @throws VaeException if a network of so many layers is out of the question */
  static void requireDepth(int layers) {
    if (layers > MOST_LAYERS) {
      throw new VaeException(
          "a network has at most " + MOST_LAYERS + " layers, and " + layers + " are asked for");
    }
  }
}
