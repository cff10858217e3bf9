package io.github.jvae.compatibility;

import io.github.jvae.backend.Computation;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A network that is tried on every engine. What it takes are variables too, so that gradients with
 * respect to its inputs are seen.
 *
 * @param name what is special about it
 */
record NetworkSample(String name, Network network) {
  private static final int BATCH = 3;
  private static final Layer TANH = new Layer.Activate(Activation.TANH);
  private static final Layer SILU = new Layer.Activate(Activation.SILU);
  private static final Layer FLATTEN = new Layer.Flatten();
  private static final Shape IMAGE = Shape.of(4, 5, 6);
  private static final Shape VECTOR = Shape.of(8);

  private static Layer conv(int channels) {
    return new Layer.Conv2d(channels, 3, 1, 1);
  }

  private static NetworkSample of(String name, Shape input, Layer... layers) {
    return new NetworkSample(
        name, Network.named("network").input("x", input).layers(layers).build());
  }

  /** Each layer alone, next to convolutions, and where a vector has an image's pixels. */
  private static Stream<NetworkSample> around(Layer layer) {
    Layer image = new Layer.Unflatten(4, 3, 2);
    return Stream.of(
        of(layer + " of an image", IMAGE, layer),
        of(layer + " between convolutions", IMAGE, conv(4), layer, conv(3)),
        of(layer + " last", IMAGE, conv(4), layer),
        of(layer + " before flatten", IMAGE, conv(4), layer, FLATTEN, new Layer.Dense(3)),
        of(layer + " behind unflatten", VECTOR, new Layer.Dense(24), image, layer, conv(2)));
  }

  private static Stream<NetworkSample> ofFeatures(Layer layer) {
    return Stream.of(
        of(layer + " of features", VECTOR, layer, new Layer.Dense(3)),
        of(layer + " of pixels", IMAGE, conv(4), FLATTEN, layer, new Layer.Dense(3)),
        of(
            layer + " of what becomes an image",
            VECTOR,
            new Layer.Dense(48),
            layer,
            TANH,
            new Layer.Dense(24),
            new Layer.Unflatten(4, 3, 2),
            conv(2)));
  }

  private static Layer masked(int units, int inputs) {
    List<Integer> mask = new ArrayList<>();
    for (int i = 0; i < units * inputs; i++) {
      mask.add(i % 3 == 0 ? 0 : 1);
    }
    return new Layer.MaskedDense(units, mask);
  }

  private static final Shape SERIES = Shape.of(3, 11);

  private static Stream<NetworkSample> series() {
    Stream<Layer> convolutions = Stream.of(
        new Layer.Conv1d(4, 3, 1, 1),
        new Layer.Conv1d(2, 4, 2, 1),
        new Layer.Conv1d(3, 2, 3, 0),
        new Layer.Conv1d(2, 1, 1, 0),
        new Layer.Conv1d(2, 13, 1, 2),
        new Layer.TransposedConv1d(4, 3, 1, 1, 0),
        new Layer.TransposedConv1d(2, 4, 2, 1, 1),
        new Layer.TransposedConv1d(2, 2, 3, 0, 2),
        new Layer.TransposedConv1d(2, 5, 2, 4, 0));
    return Stream.concat(
        convolutions.map(layer -> of(layer + " of a series", SERIES, layer)),
        Stream.of(
            of(
                "a series to features",
                SERIES,
                new Layer.Conv1d(4, 4, 2, 1),
                SILU,
                FLATTEN,
                new Layer.Dense(3)),
            of(
                "a gated series",
                SERIES,
                new Layer.Conv1d(4, 3, 1, 1),
                new Layer.Gated(),
                new Layer.TransposedConv1d(6, 4, 2, 1, 0),
                new Layer.Gated(),
                FLATTEN,
                new Layer.Dense(4),
                new Layer.Gated()),
            of(
                "features to a series",
                VECTOR,
                new Layer.Dense(12),
                TANH,
                new Layer.Unflatten1d(3, 4),
                new Layer.TransposedConv1d(4, 4, 2, 1, 0),
                SILU,
                new Layer.TransposedConv1d(2, 4, 2, 1, 1)),
            of(
                "pixels to a series",
                IMAGE,
                conv(2),
                FLATTEN,
                new Layer.Unflatten1d(6, 10),
                new Layer.Conv1d(2, 3, 1, 1))));
  }

  private static Stream<NetworkSample> masks() {
    return Stream.of(
        of("masked, fewer outputs", VECTOR, masked(5, 8), TANH, masked(4, 5)),
        of("masked, more outputs", VECTOR, masked(9, 8)),
        of("masked, of pixels", IMAGE, conv(2), FLATTEN, masked(7, 60)),
        of("masked, into an image", VECTOR, masked(24, 8), new Layer.Unflatten(4, 3, 2), conv(2)));
  }

  private static Stream<NetworkSample> branches() {
    Layer halving = new Layer.Conv2d(6, 4, 2, 1);
    return Stream.of(
        of(
            "residual of features",
            VECTOR,
            new Layer.Residual(List.of(new Layer.Dense(5), SILU, new Layer.Dense(8)))),
        of(
            "residual of features with a shortcut",
            VECTOR,
            new Layer.Residual(List.of(new Layer.Dense(5), TANH), List.of(new Layer.Dense(5)))),
        of(
            "residual of an image that no layer convolves",
            IMAGE,
            new Layer.Residual(List.of(TANH))),
        of("residual first", IMAGE, new Layer.Residual(List.of(conv(3), TANH, conv(4)))),
        of(
            "residual, halving",
            Shape.of(4, 6, 4),
            conv(4),
            new Layer.Residual(List.of(TANH, halving), List.of(halving)),
            FLATTEN,
            new Layer.Dense(3)),
        of(
            "residual whose shortcut alone convolves",
            IMAGE,
            new Layer.Residual(List.of(TANH), List.of(conv(4)))),
        of(
            "residual in a residual",
            IMAGE,
            new Layer.Residual(List.of(
                conv(4), new Layer.Residual(List.of(new Layer.GroupNorm(2), SILU, conv(4)))))),
        of(
            "residual whose body is a vector on the way",
            IMAGE,
            conv(4),
            new Layer.Residual(
                List.of(FLATTEN, new Layer.Dense(120), new Layer.Unflatten(4, 5, 6)))),
        of(
            "residual of pixels",
            IMAGE,
            conv(4),
            FLATTEN,
            new Layer.Residual(List.of(new Layer.Dense(120)), List.of()),
            new Layer.Dense(3)),
        of(
            "residual whose branches flatten",
            IMAGE,
            new Layer.Residual(List.of(conv(2), FLATTEN), List.of(conv(2), FLATTEN)),
            new Layer.Dense(3)),
        of(
            "residual that ends in an image of pixels",
            IMAGE,
            new Layer.Residual(
                List.of(new Layer.Unflatten(2, 10, 6)),
                List.of(FLATTEN, new Layer.Unflatten(2, 10, 6))),
            conv(2)));
  }

  private static Network.Builder conditional() {
    return Network.named("network").input("x", IMAGE).input("label", Shape.of(3));
  }

  private static Stream<NetworkSample> inputs() {
    Layer label = new Layer.Join("label");
    return Stream.of(
        new NetworkSample(
            "label joined to an image",
            conditional().layers(label, conv(2), FLATTEN, new Layer.Dense(2)).build()),
        new NetworkSample(
            "label joined to an image that no layer convolves",
            conditional().layers(label, TANH).build()),
        new NetworkSample(
            "label joined between convolutions and to pixels",
            conditional()
                .layers(conv(3), label, conv(2), FLATTEN, label, new Layer.Dense(2))
                .build()),
        new NetworkSample(
            "mask joined to an image",
            Network.named("network")
                .input("x", IMAGE)
                .input("mask", Shape.of(1, 5, 6))
                .layers(new Layer.Join("mask"), conv(2), new Layer.Join("mask"))
                .build()),
        new NetworkSample(
            "features joined within a branch",
            Network.named("network")
                .input("z", VECTOR)
                .input("c", Shape.of(2))
                .layers(new Layer.Residual(
                    List.of(new Layer.Join("c"), new Layer.Dense(8)),
                    List.of(new Layer.Dense(8), TANH)))
                .build()));
  }

  private static Stream<NetworkSample> heads() {
    return Stream.of(
        new NetworkSample(
            "heads of every form from an image",
            Network.named("network")
                .input("x", IMAGE)
                .layers(conv(4), TANH)
                .head("image", conv(2))
                .head("features", FLATTEN, new Layer.Dense(3))
                .head("scale", new Layer.AveragePool(2), FLATTEN, new Layer.Dense(3), TANH)
                .head("trunk")
                .build()),
        new NetworkSample(
            "heads from pixels",
            Network.named("network")
                .input("x", IMAGE)
                .layers(conv(4), FLATTEN)
                .head("mean", new Layer.Dense(3))
                .head("image", new Layer.Unflatten(4, 5, 6), conv(1))
                .head("trunk")
                .build()),
        new NetworkSample(
            "heads alone",
            Network.named("network")
                .input("x", IMAGE)
                .head("convolved", conv(2))
                .head("plain", TANH)
                .build()));
  }

  /** All of them. */
  static Stream<NetworkSample> all() {
    return Stream.of(
            Stream.of(
                    new Layer.Upsample(1),
                    new Layer.Upsample(3),
                    new Layer.AveragePool(1),
                    new Layer.AveragePool(2),
                    new Layer.GroupNorm(1),
                    new Layer.GroupNorm(2),
                    new Layer.GroupNorm(4),
                    new Layer.LayerNorm(),
                    new Layer.Gated())
                .flatMap(NetworkSample::around),
            Stream.of(new Layer.GroupNorm(4), new Layer.LayerNorm(), new Layer.Gated())
                .flatMap(NetworkSample::ofFeatures),
            masks(),
            series(),
            branches(),
            inputs(),
            heads())
        .flatMap(samples -> samples);
  }

  private static String variable(String input) {
    return "input." + input;
  }

  /** The network's parameters, none of which is 0 or 1 alone, and a batch of each of its inputs. */
  List<Parameter> parameters() {
    List<Parameter> result = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      result.add(new Parameter(parameter.name(), parameter.shape(), new Initializer.Normal(0.5)));
    }
    network
        .inputs()
        .forEach((name, shape) -> result.add(
            new Parameter(variable(name), shape.prepend(BATCH), new Initializer.Normal(1))));
    return result;
  }

  private Map<String, Tensor> apply(Trace trace) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    network.inputs().keySet().forEach(name -> inputs.put(name, trace.parameter(variable(name))));
    return trace.apply(network, inputs);
  }

  /** A loss in which every output element counts differently, and the outputs. */
  Computation computation() {
    return (trace, none) -> {
      Tensor loss = trace.scalar(0);
      List<Tensor> result = new ArrayList<>();
      for (Tensor output : apply(trace).values()) {
        HostTensor weights = Numbers.normal("loss weights", output.shape());
        loss = loss.add(output.multiply(trace.constant(weights)).sum());
        result.add(output);
      }
      result.add(0, loss);
      return result;
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
