package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.NativeUnit;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network as data: named inputs, a trunk of layers that the first of them feeds, and named heads
 * that all start from the trunk's end. Each layer knows the shapes it takes and makes, which are of
 * one example, without the batch, and its parameters' names, which begin with the network's.
 *
 * <p>Any component may own networks: it declares their {@link #parameters} among its own and
 * applies them by {@link io.github.jvae.tensor.Trace#apply}.
 *
 * <pre>{@code
 * Network encoder = Network.named("encoder")
 *     .input("x", Shape.of(1, 28, 28))
 *     .layers(new Layer.Flatten(), new Layer.Dense(400), new Layer.Activate(Activation.RELU))
 *     .head("mean", new Layer.Dense(20))
 *     .head("log_variance", new Layer.Dense(20))
 *     .build();
 * }</pre>
 */
public final class Network implements NativeUnit {
  /** The name of what a network without heads makes. */
  public static final String OUTPUT = "output";

  private final String name;
  private final Map<String, Shape> inputs;
  private final List<Node> trunk;
  private final Map<String, List<Node>> heads;

  private Network(
      String name, Map<String, Shape> inputs, List<Node> trunk, Map<String, List<Node>> heads) {
    this.name = name;
    this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    this.trunk = List.copyOf(trunk);
    this.heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
  }

  /**
   * A layer in its place.
   *
   * @param layer the layer
   * @param name the stem of its parameters' names, such as {@code encoder.0}; null if it has none
   * @param input the shape it takes
   * @param output the shape it makes
   * @param parameters the layer's own
   * @param body the layers within it, if it is a residual one
   * @param shortcut the layers beside those
   */
  public record Node(
      Layer layer,
      @Nullable String name,
      Shape input,
      Shape output,
      List<Parameter> parameters,
      List<Node> body,
      List<Node> shortcut) {

    public Node {
      parameters = List.copyOf(parameters);
      body = List.copyOf(body);
      shortcut = List.copyOf(shortcut);
    }

    /** Returns the parameters of the layer and of those within it, in order. */
    Stream<Parameter> allParameters() {
      return Stream.concat(
          parameters.stream(),
          Stream.concat(body.stream(), shortcut.stream()).flatMap(Node::allParameters));
    }

    /** Returns how many numbers the layer, or one within it, makes at most. */
    private int widest() {
      return Stream.concat(body.stream(), shortcut.stream())
          .mapToInt(Node::widest)
          .reduce(output.size(), Math::max);
    }

    private Node with(List<Parameter> newParameters, List<Node> newBody, List<Node> newShortcut) {
      return new Node(layer, name, input, output, newParameters, newBody, newShortcut);
    }

    /** Returns the same with other first values. */
    Node with(Initialization initialization) {
      return with(
          name == null ? List.of() : layer.parameters(name, input, initialization),
          each(body, node -> node.with(initialization)),
          each(shortcut, node -> node.with(initialization)));
    }

    /** Returns the same in a network of another name. */
    private Node renamed(String from, String to) {
      UnaryOperator<String> change = old -> to + old.substring(from.length());
      return new Node(
          layer,
          name == null ? null : change.apply(name),
          input,
          output,
          parameters.stream()
              .map(each ->
                  new Parameter(change.apply(each.name()), each.shape(), each.initializer()))
              .toList(),
          each(body, node -> node.renamed(from, to)),
          each(shortcut, node -> node.renamed(from, to)));
    }

    /** Returns the same, where what the layer itself makes at first is another multiple. */
    private Node scaled(double scale) {
      return with(
          parameters.stream()
              .map(each -> new Parameter(
                  each.name(), each.shape(), new Initializer.Scaled(each.initializer(), scale)))
              .toList(),
          body,
          shortcut);
    }

    /** Returns the same, where what residual layers add is another multiple at first. */
    private Node withResidualScale(double scale) {
      List<Node> scaled = new ArrayList<>(each(body, node -> node.withResidualScale(scale)));
      for (int i = scaled.size() - 1; i >= 0; i--) {
        if (scaled.get(i).layer() instanceof Layer.Weighted) {
          scaled.set(i, scaled.get(i).scaled(scale));
          break;
        }
      }
      return with(parameters, scaled, each(shortcut, node -> node.withResidualScale(scale)));
    }

    /** Returns the same with another first bias; the layer is {@link Layer.Weighted}. */
    Node withBias(Initializer initializer) {
      Parameter bias = parameters.get(1);
      return with(
          List.of(parameters.get(0), new Parameter(bias.name(), bias.shape(), initializer)),
          body,
          shortcut);
    }

    /** Returns the weight's portable name; the layer has one. */
    public String weightName() {
      return parameters.get(0).name();
    }

    /** Returns the bias' portable name; the layer has one. */
    public String biasName() {
      return parameters.get(1).name();
    }
  }

  private static List<Node> each(List<Node> nodes, UnaryOperator<Node> change) {
    return nodes.stream().map(change).toList();
  }

  /** Begins the description of a network whose parameters' names start with this and a dot. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns what it takes, the trunk's input first: the shapes of one example. */
  @Override
  public Map<String, Shape> inputs() {
    return inputs;
  }

  /** Returns what it makes, in the order of the heads: the shapes of one example. */
  @Override
  public Map<String, Shape> outputs() {
    Map<String, Shape> result = new LinkedHashMap<>();
    heads.forEach((head, nodes) -> result.put(head, end(nodes, end(trunk, input()))));
    return heads.isEmpty() ? Map.of(OUTPUT, end(trunk, input())) : result;
  }

  /**
   * Returns what the network makes, if that is one thing.
   *
   * @throws VaeException if it has several heads
   */
  public Shape output() {
    Map<String, Shape> all = outputs();
    if (all.size() > 1) {
      throw new ConfigurationException(
          "network " + name + " makes " + all.keySet() + ", not one output");
    }
    return all.values().iterator().next();
  }

  /** Returns what the trunk takes: the shape of one example. */
  public Shape input() {
    return inputs.values().iterator().next();
  }

  private static Shape end(List<Node> nodes, Shape input) {
    return nodes.isEmpty() ? input : nodes.get(nodes.size() - 1).output();
  }

  /** Returns the layers that the first input feeds, in order. */
  public List<Node> trunk() {
    return trunk;
  }

  /** Returns the layers of each head, by the name of what it makes. */
  public Map<String, List<Node>> heads() {
    return heads;
  }

  /** Returns the layers of the trunk and of all heads, in order; not those within others. */
  public List<Node> nodes() {
    return Stream.concat(trunk.stream(), heads.values().stream().flatMap(List::stream))
        .toList();
  }

  /** Returns the parameters of all layers, in order. */
  public List<Parameter> parameters() {
    return nodes().stream().flatMap(Node::allParameters).toList();
  }

  /** Returns how many numbers of one example there are at most between two layers. */
  public int widest() {
    return nodes().stream().mapToInt(Node::widest).reduce(input().size(), Math::max);
  }

  private Network with(UnaryOperator<Node> change) {
    Map<String, List<Node>> changed = new LinkedHashMap<>();
    heads.forEach((head, nodes) -> changed.put(head, each(nodes, change)));
    return new Network(name, inputs, each(trunk, change), changed);
  }

  /** Returns the same layers under another name, with which their parameters' names begin. */
  public Network renamed(String other) {
    Network same = with(node -> node.renamed(name, other));
    return new Network(other, same.inputs, same.trunk, same.heads);
  }

  /** Returns the same layers with other first values. */
  public Network with(Initialization initialization) {
    return with(node -> node.with(initialization));
  }

  /**
   * Returns the same layers, where what residual layers add starts smaller: the first weight and
   * bias of the last dense or convolutional layer in each body are multiplied by a number.
   */
  public Network withResidualScale(double scale) {
    return with(node -> node.withResidualScale(scale));
  }

  /** Returns the same layers, where the first weights and biases of heads are other multiples. */
  public Network withHeadScale(double scale) {
    Map<String, List<Node>> changed = new LinkedHashMap<>();
    heads.forEach((head, nodes) -> changed.put(head, each(nodes, node -> node.scaled(scale))));
    return new Network(name, inputs, trunk, changed);
  }

  /** Returns the same layers, one of which has another first bias. */
  Network withBias(Node changed, Initializer bias) {
    return with(node -> node.equals(changed) ? node.withBias(bias) : node);
  }

  /**
   * Returns the layer that makes what the trunk makes, but for its arrangement.
   *
   * @return null if the last layers are others than one with a weight and a bias, and then flatten
   *     or unflatten layers
   */
  @Nullable
  Node last() {
    for (int i = trunk.size() - 1; i >= 0; i--) {
      Layer layer = trunk.get(i).layer();
      if (layer instanceof Layer.Weighted) {
        return trunk.get(i);
      }
      if (!(layer instanceof Layer.Flatten
          || layer instanceof Layer.Unflatten
          || layer instanceof Layer.Unflatten1d)) {
        return null;
      }
    }
    return null;
  }

  /** Describes a network step by step. */
  public static final class Builder {
    private final String name;
    private final Map<String, Shape> inputs = new LinkedHashMap<>();
    private final List<Layer> trunk = new ArrayList<>();
    private final Map<String, List<Layer>> heads = new LinkedHashMap<>();
    private @Nullable String lastName;

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Adds an input. The first feeds the trunk; others are taken by {@link Layer.Join}.
     *
     * @param shape of one example, without the batch
     * @throws VaeException if there is one of this name
     */
    public Builder input(String input, Shape shape) {
      if (inputs.put(input, shape) != null) {
        throw new ConfigurationException("network " + name + " has two inputs named " + input);
      }
      return this;
    }

    /** Adds layers to the trunk. */
    public Builder layers(List<Layer> layers) {
      trunk.addAll(layers);
      return this;
    }

    /** Adds layers to the trunk. */
    public Builder layers(Layer... layers) {
      return layers(List.of(layers));
    }

    /**
     * Adds a head.
     *
     * @param layers what makes this output of the trunk's end; none for that itself
     * @throws VaeException if there is one of this name
     */
    public Builder head(String head, Layer... layers) {
      if (heads.put(head, List.of(layers)) != null) {
        throw new ConfigurationException("network " + name + " has two heads named " + head);
      }
      return this;
    }

    /** Gives the trunk's last layer with parameters a name, in place of its number. */
    public Builder lastNamed(String last) {
      lastName = last;
      return this;
    }

    /**
     * Places all layers.
     *
     * @throws VaeException if there is no input, too many layers, or a layer cannot take what the
     *     one before it makes; the message says where
     */
    public Network build() {
      if (inputs.isEmpty()) {
        throw new ConfigurationException("network " + name + " needs at least one input");
      }
      Placement placement = new Placement(name, inputs);
      Shape first = inputs.values().iterator().next();
      List<Node> nodes = placement.trunk(first, trunk, lastName);
      Shape features = end(nodes, first);
      Map<String, List<Node>> placedHeads = new LinkedHashMap<>();
      heads.forEach((head, layers) ->
          placedHeads.put(head, placement.head(head, features, Objects.requireNonNull(layers))));
      return new Network(name, inputs, nodes, placedHeads);
    }
  }
}
