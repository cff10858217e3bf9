package io.github.jvae.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An architecture")
class ArchitectureTest {
  private static final Shape GRAY = Shape.of(1, 28, 28);
  private static final Shape COLOUR = Shape.of(3, 32, 32);
  private static final Layer FLATTEN = new Layer.Flatten();

  private static Map<String, Shape> parameters(Architecture architecture) {
    return Stream.concat(
            architecture.encoder().parameters().stream(),
            architecture.decoder().parameters().stream())
        .collect(Collectors.toMap(Parameter::name, Parameter::shape));
  }

  private static void fault(Runnable wrong, String... parts) {
    assertThatThrownBy(wrong::run)
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll(parts)
        .message()
        .doesNotContain("\n");
  }

  @Test
  @DisplayName("mlp has PyTorch's names and layouts, the decoder mirrored")
  void mlp() {
    Architecture mlp = Architecture.mlp(
        NetworkShapes.of(GRAY, 32).withDecoded(GRAY.with(0, 2 * GRAY.dimension(0))),
        Activation.RELU,
        400,
        100);
    assertThat(parameters(mlp))
        .containsEntry("encoder.0.weight", Shape.of(400, 784))
        .containsEntry("encoder.1.weight", Shape.of(100, 400))
        .containsEntry("encoder.mean.weight", Shape.of(32, 100))
        .containsEntry("encoder.log_variance.bias", Shape.of(32))
        .containsEntry("decoder.0.weight", Shape.of(100, 32))
        .containsEntry("decoder.1.bias", Shape.of(400))
        .containsEntry("decoder.output.weight", Shape.of(1568, 400))
        .hasSize(14);
    assertThat(mlp.decoder().output()).isEqualTo(Shape.of(2, 28, 28));
    assertThat(mlp.encoder().parameters().get(0).name()).isEqualTo("encoder.0.weight");
  }

  @Test
  @DisplayName("conv on 28x28 needs output padding where halving left a remainder")
  void convWithOutputPadding() {
    Architecture conv = Architecture.conv(
        NetworkShapes.of(GRAY, 8), Activation.RELU, new int[] {4, 6, 8}, 4, 2, 1, 16);
    List<Shape> sizes = conv.encoder().nodes().stream()
        .filter(node -> node.layer() instanceof Layer.Conv2d)
        .map(Network.Node::output)
        .toList();
    assertThat(sizes).containsExactly(Shape.of(4, 14, 14), Shape.of(6, 7, 7), Shape.of(8, 3, 3));
    List<Layer> transposed = conv.decoder().nodes().stream()
        .map(Network.Node::layer)
        .filter(Layer.TransposedConv2d.class::isInstance)
        .toList();
    assertThat(transposed)
        .containsExactly(
            new Layer.TransposedConv2d(6, 4, 2, 1, 1),
            new Layer.TransposedConv2d(4, 4, 2, 1, 0),
            new Layer.TransposedConv2d(1, 4, 2, 1, 0));
    assertThat(parameters(conv))
        .containsEntry("encoder.1.weight", Shape.of(6, 4, 4, 4))
        .containsEntry("decoder.2.weight", Shape.of(8, 6, 4, 4))
        .containsEntry("decoder.output.weight", Shape.of(4, 1, 4, 4));
  }

  /** The output paddings of a conv architecture's decoder, from the latent outwards. */
  private static List<OutputPadding> outputPaddings(Architecture conv) {
    return conv.decoder().nodes().stream()
        .map(Network.Node::layer)
        .filter(Layer.TransposedConv2d.class::isInstance)
        .map(layer -> ((Layer.TransposedConv2d) layer).outputPadding())
        .toList();
  }

  @Test
  @DisplayName("conv takes series of any length, and mirrors what a stride leaves over")
  void series() {
    for (int length = 4; length < 40; length++) {
      Architecture networks = Architecture.conv(
          NetworkShapes.of(Shape.of(2, length), 3).withDecoded(Shape.of(4, length)),
          Activation.RELU,
          new int[] {3, 5},
          4,
          2,
          2,
          8);
      assertThat(networks.decoder().output()).isEqualTo(Shape.of(4, length));
      assertThat(networks.encoder().parameters().get(0).shape()).isEqualTo(Shape.of(3, 2, 4));
      Network mlp = Architecture.mlp(NetworkShapes.of(Shape.of(2, length), 3), Activation.RELU, 5)
          .decoder();
      assertThat(mlp.output()).isEqualTo(Shape.of(2, length));
    }
    assertThatThrownBy(() -> Architecture.conv(
            NetworkShapes.of(Shape.of(1, 9), 2), Activation.RELU, new int[] {2, 2, 2}, 4, 2, 0, 4))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("series of 9", "at number 2", "kernel of 4");
    assertThatThrownBy(() -> Architecture.conv(
            NetworkShapes.of(Shape.of(9), 2), Activation.RELU, new int[] {2}, 4, 2, 0, 4))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("images", "series [channels, length]", "mlp");
  }

  @Test
  @DisplayName("conv takes images of any height and width, each axis with its own output padding")
  void convOfAnySize() {
    int[] channels = {4, 6, 8};
    Architecture photo = Architecture.conv(
        NetworkShapes.of(Shape.of(3, 75, 100), 8)
            .withDecoded(Shape.of(3, 75, 100).with(0, 2 * Shape.of(3, 75, 100).dimension(0))),
        Activation.RELU,
        channels,
        4,
        2,
        1,
        16);
    assertThat(photo.decoder().output()).isEqualTo(Shape.of(6, 75, 100));
    // 75 becomes 37, 18 and 9; 100 becomes 50, 25 and 12.
    assertThat(outputPaddings(photo))
        .containsExactly(new OutputPadding(0, 1), new OutputPadding(1, 0), new OutputPadding(1, 0));
    for (int[] sides : new int[][] {{427, 640}, {8, 300}, {300, 8}, {17, 33}, {9, 8}, {8, 8}}) {
      for (int stride = 1; stride <= 3; stride++) {
        Shape image = Shape.of(1, sides[0], sides[1]);
        Architecture conv = Architecture.conv(
            NetworkShapes.of(image, 2), Activation.RELU, channels, 4, stride, 2, 4);
        assertThat(conv.decoder().output()).isEqualTo(image);
      }
    }
  }

  @Test
  @DisplayName("conv needs channels")
  void noChannels() {
    fault(
        () ->
            Architecture.conv(NetworkShapes.of(COLOUR, 2), Activation.RELU, new int[0], 3, 2, 1, 4),
        "channels",
        "32,64,128");
  }

  @Test
  @DisplayName("conv that shrinks the image away says which convolution, its image, and what to do")
  void tooDeep() {
    int[] channels = {2, 2, 2, 2, 2, 2};
    fault(
        () -> Architecture.conv(NetworkShapes.of(GRAY, 2), Activation.RELU, channels, 4, 2, 1, 4),
        "images of 28x28",
        "6 convolution(s)",
        "kernel of 4",
        "image of 1x1",
        "number 5",
        "at most 4 of them (channels)");
    fault(
        () -> Architecture.conv(
            NetworkShapes.of(Shape.of(1, 1, 9), 2), Activation.RELU, new int[] {2}, 4, 2, 1, 4),
        "images of 1x9",
        "kernel of 4 is larger than its image of 1x9 with padding 1",
        "use a smaller kernel or more padding");
    Architecture deepest = Architecture.conv(
        NetworkShapes.of(GRAY, 2), Activation.RELU, new int[] {2, 2, 2, 2}, 4, 2, 1, 4);
    assertThat(deepest.decoder().output()).isEqualTo(GRAY);
  }

  @Test
  @DisplayName("the encoder ends in a vector, the decoder in the image, or the error says so")
  void ends() {
    Layer dense = new Layer.Dense(784);
    Layer image = new Layer.Unflatten(1, 28, 28);
    fault(
        () -> new Architecture(NetworkShapes.of(GRAY, 2), List.of(), List.of(dense, image)),
        "encoder",
        "[1, 28, 28]",
        "flatten");
    fault(
        () -> new Architecture(NetworkShapes.of(GRAY, 2), List.of(FLATTEN), List.of(dense)),
        "decoder",
        "[784]",
        "[1, 28, 28]");
    fault(
        () -> new Architecture(
            NetworkShapes.of(GRAY, 2).withDecoded(GRAY.with(0, 2 * GRAY.dimension(0))),
            List.of(FLATTEN),
            List.of(dense, image)),
        "[1, 28, 28]",
        "[2, 28, 28]");
    fault(
        () -> new Architecture(NetworkShapes.of(GRAY, 0), List.of(FLATTEN), List.of(dense, image)),
        "latent",
        "0");
    NetworkShapes vectors = NetworkShapes.of(Shape.of(784), 2);
    fault(
        () -> Architecture.conv(vectors, Activation.RELU, new int[] {4}, 4, 2, 1, 16),
        "[784]",
        "mlp");
    assertThat(Architecture.mlp(vectors, Activation.RELU).decoder().output())
        .isEqualTo(Shape.of(784));
  }

  @Test
  @DisplayName("layers that do not follow one another say where and what is missing")
  void misfits() {
    Layer dense = new Layer.Dense(3);
    Layer conv = new Layer.Conv2d(2, 3, 1, 1);
    fault(
        () -> new Architecture(NetworkShapes.of(GRAY, 2), List.of(dense), List.of()),
        "encoder layer 0",
        "[1, 28, 28]",
        "flatten");
    fault(
        () -> new Architecture(NetworkShapes.of(GRAY, 2), List.of(FLATTEN), List.of(dense, conv)),
        "decoder layer 1",
        "[3]",
        "unflatten");
    fault(
        () -> new Architecture(
            NetworkShapes.of(GRAY, 2),
            List.of(FLATTEN),
            List.of(dense, new Layer.Unflatten(2, 2, 2))),
        "decoder layer 1",
        "[2, 2, 2]",
        "[3]");
  }

  @Test
  @DisplayName("a layer refuses sizes that cannot be, each with its reason")
  void impossibleLayers() {
    fault(() -> new Layer.Dense(0), "dense", "unit", "0");
    fault(() -> new Layer.Conv2d(0, 3, 1, 1), "conv2d", "channel", "0");
    fault(() -> new Layer.Conv2d(1, 0, 1, 0), "conv2d", "kernel", "0");
    fault(() -> new Layer.Conv2d(1, 3, 0, 1), "conv2d", "stride", "0");
    fault(() -> new Layer.Conv2d(1, 3, 1, 3), "conv2d", "padding", "3");
    fault(() -> new Layer.Conv2d(1, 3, 1, -1), "conv2d", "padding", "-1");
    fault(() -> new Layer.TransposedConv2d(1, 3, 2, 1, 2), "output padding", "2");
    fault(() -> new Layer.TransposedConv2d(1, 3, 2, 1, -1), "output padding", "-1");
    fault(
        () -> new Layer.TransposedConv2d(1, 3, 2, 1, new OutputPadding(0, 2)),
        "output padding",
        "from 0 to its stride less 1, which is 1, not 2");
    fault(
        () -> new Layer.Conv2d(1, 4, 2, 1).output(Shape.of(1, 9, 1)),
        "kernel of 4",
        "image of 1 with padding 1",
        "smaller kernel or more padding");
    fault(
        () -> new Layer.TransposedConv2d(1, 2, 1, 1, 0).output(Shape.of(1, 1, 1)),
        "leaves nothing",
        "less padding");
  }

  @Test
  @DisplayName("first values are PyTorch's: uniform within 1/√fanIn, and each from its own stream")
  void initialValues() {
    Architecture conv = Architecture.conv(
        NetworkShapes.of(COLOUR, 8), Activation.RELU, new int[] {4, 8}, 4, 2, 1, 16);
    List<Parameter> parameters = new ArrayList<>(conv.encoder().parameters());
    parameters.addAll(conv.decoder().parameters());
    Map<String, Integer> fanIns = Map.of(
        "encoder.0.weight",
        48,
        "encoder.0.bias",
        48,
        "encoder.2.weight",
        512,
        "encoder.mean.bias",
        16,
        "decoder.0.weight",
        8,
        "decoder.2.weight",
        64,
        "decoder.output.bias",
        48);
    for (Parameter parameter : parameters) {
      Integer fanIn = fanIns.get(parameter.name());
      if (fanIn != null) {
        double bound = 1 / Math.sqrt(fanIn);
        int count = parameter.shape().size();
        assertThat(greatest(parameter))
            .as(parameter.name())
            .isBetween(bound * (count < 10 ? 0.2 : 0.8), bound * (1 + 1e-6));
      }
      assertThat(parameter.initialValue(1)).isEqualTo(parameter.initialValue(1));
      assertThat(parameter.initialValue(1)).isNotEqualTo(parameter.initialValue(2));
    }
    assertThat(parameters.stream().map(Parameter::name)).containsAll(fanIns.keySet());
  }

  /** The greatest absolute value. */
  private static double greatest(Parameter parameter) {
    double greatest = 0;
    for (float value : parameter.initialValue(1).data()) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }

  @Test
  @DisplayName("first values may be Glorot's: weights within √(6/(fanIn + fanOut)), biases 0")
  void glorot() {
    Architecture conv = Architecture.conv(
            NetworkShapes.of(COLOUR, 8), Activation.RELU, new int[] {16, 32}, 4, 2, 1, 64)
        .with(Initialization.GLOROT);
    List<Parameter> parameters = new ArrayList<>(conv.encoder().parameters());
    parameters.addAll(conv.decoder().parameters());
    // As torch.nn.init.xavier_uniform_ bounds weights of these shapes.
    Map<String, Double> bounds = Map.of(
        "encoder.0.weight", Math.sqrt(6.0 / (3 * 16 + 16 * 16)),
        "encoder.1.weight", Math.sqrt(6.0 / (16 * 16 + 32 * 16)),
        "encoder.2.weight", Math.sqrt(6.0 / (2048 + 64)),
        "encoder.mean.weight", Math.sqrt(6.0 / (64 + 8)),
        "encoder.log_variance.weight", Math.sqrt(6.0 / (64 + 8)),
        "decoder.0.weight", Math.sqrt(6.0 / (8 + 64)),
        "decoder.1.weight", Math.sqrt(6.0 / (64 + 2048)),
        "decoder.2.weight", Math.sqrt(6.0 / (32 * 16 + 16 * 16)),
        "decoder.output.weight", Math.sqrt(6.0 / (16 * 16 + 3 * 16)));
    for (Parameter parameter : parameters) {
      if (parameter.name().endsWith(".bias")) {
        assertThat(greatest(parameter)).as(parameter.name()).isZero();
      } else {
        double bound = bounds.getOrDefault(parameter.name(), Double.NaN);
        assertThat(greatest(parameter))
            .as(parameter.name())
            .isBetween(0.95 * bound, bound * (1 + 1e-6));
      }
    }
    assertThat(parameters).hasSize(2 * bounds.size());
  }

  @Test
  @DisplayName("the output bias may start from given numbers, and all else stays as it was")
  void outputBias() {
    Architecture plain =
        Architecture.mlp(NetworkShapes.of(Shape.of(1, 2, 2), 2), Activation.TANH, 3);
    HostTensor bias = HostTensor.of(Shape.of(4), -1, 0, 1, 2);
    Architecture biased = plain.withOutputBias(new Initializer.Given(bias));
    assertThat(parameters(biased)).isEqualTo(parameters(plain));
    assertThat(biased.encoder().parameters()).isEqualTo(plain.encoder().parameters());
    for (int i = 0; i < plain.decoder().parameters().size(); i++) {
      Parameter parameter = biased.decoder().parameters().get(i);
      HostTensor before = plain.decoder().parameters().get(i).initialValue(1);
      assertThat(parameter.initialValue(1))
          .isEqualTo(parameter.name().equals("decoder.output.bias") ? bias : before);
    }
  }

  @Test
  @DisplayName("an output bias is refused where an activation comes after it")
  void noOutputBias() {
    Architecture activated = new Architecture(
        NetworkShapes.of(Shape.of(1, 2, 2), 2),
        List.of(FLATTEN),
        List.of(
            new Layer.Dense(4),
            new Layer.Activate(Activation.SIGMOID),
            new Layer.Unflatten(1, 2, 2)));
    fault(
        () -> activated.withOutputBias(new Initializer.Constant(0)),
        "does not end in a dense or convolutional layer",
        "take the last activation out");
    Architecture bare = new Architecture(
        NetworkShapes.of(Shape.of(2, 1, 1), 2),
        List.of(FLATTEN),
        List.of(new Layer.Unflatten(2, 1, 1)));
    fault(bare::outputLayer, "does not end in");
  }
}
