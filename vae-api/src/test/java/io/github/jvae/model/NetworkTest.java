package io.github.jvae.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A network")
final class NetworkTest {
  private static final Shape GRAY = Shape.of(1, 8, 6);
  private static final Layer FLATTEN = new Layer.Flatten();
  private static final Layer TANH = new Layer.Activate(Activation.TANH);

  private static Map<String, Shape> parameters(Network network) {
    return network.parameters().stream()
        .collect(Collectors.toMap(Parameter::name, Parameter::shape));
  }

  private static void fault(ThrowingCallable build, String... parts) {
    assertThatThrownBy(build).isInstanceOf(VaeException.class).hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("has the inputs, outputs and parameters that its description says")
  void described() {
    Network network = Network.named("encoder")
        .input("x", GRAY)
        .input("label", Shape.of(10))
        .layers(FLATTEN, new Layer.Join("label"), new Layer.Dense(7), TANH)
        .head("mean", new Layer.Dense(3))
        .head("log_variance", new Layer.Dense(3))
        .head("deep", new Layer.Dense(5), TANH, new Layer.Dense(2))
        .head("features")
        .build();
    assertThat(network.inputs())
        .containsExactly(Map.entry("x", GRAY), Map.entry("label", Shape.of(10)));
    assertThat(network.outputs())
        .containsExactly(
            Map.entry("mean", Shape.of(3)),
            Map.entry("log_variance", Shape.of(3)),
            Map.entry("deep", Shape.of(2)),
            Map.entry("features", Shape.of(7)));
    assertThat(network.parameters().stream().map(Parameter::name))
        .containsExactly(
            "encoder.0.weight", "encoder.0.bias",
            "encoder.mean.weight", "encoder.mean.bias",
            "encoder.log_variance.weight", "encoder.log_variance.bias",
            "encoder.deep.0.weight", "encoder.deep.0.bias",
            "encoder.deep.1.weight", "encoder.deep.1.bias");
    assertThat(parameters(network)).containsEntry("encoder.0.weight", Shape.of(7, 58));
  }

  @Test
  @DisplayName("without heads makes one output, what its trunk ends in")
  void trunkOnly() {
    Network network = Network.named("flow").input("z", Shape.of(4)).layers(TANH).build();
    assertThat(network.outputs()).containsExactly(Map.entry(Network.OUTPUT, Shape.of(4)));
    assertThat(network.output()).isEqualTo(Shape.of(4));
    Layer wide = new Layer.Residual(List.of(new Layer.Dense(90), new Layer.Dense(4)));
    assertThat(
            Network.named("flow").input("z", Shape.of(4)).layers(wide).build().widest())
        .isEqualTo(90);
  }

  @Test
  @DisplayName("names what lies in a residual layer by the branch it is in")
  void residualNames() {
    Layer conv = new Layer.Conv2d(4, 3, 1, 1);
    Network network = Network.named("encoder")
        .input("x", Shape.of(2, 4, 4))
        .layers(
            new Layer.Residual(List.of(TANH)),
            new Layer.Conv2d(3, 1, 1, 0),
            new Layer.Residual(
                List.of(conv, TANH, new Layer.Residual(List.of(conv))),
                List.of(new Layer.Conv2d(4, 1, 1, 0))))
        .build();
    assertThat(network.parameters().stream().map(Parameter::name))
        .containsExactly(
            "encoder.0.weight", "encoder.0.bias",
            "encoder.1.body.0.weight", "encoder.1.body.0.bias",
            "encoder.1.body.1.body.0.weight", "encoder.1.body.1.body.0.bias",
            "encoder.1.shortcut.0.weight", "encoder.1.shortcut.0.bias");
    assertThat(network.widest()).as("numbers in the branches").isEqualTo(4 * 4 * 4);
    assertThat(parameters(network))
        .containsEntry("encoder.1.body.0.weight", Shape.of(4, 3, 3, 3))
        .containsEntry("encoder.1.shortcut.0.weight", Shape.of(4, 3, 1, 1));
    assertThat(network.with(Initialization.GLOROT).parameters().stream()
            .filter(p -> p.name().endsWith(".bias"))
            .map(Parameter::initializer))
        .as("Glorot's biases, also within branches")
        .hasSize(4)
        .containsOnly(new Initializer.Constant(0));
  }

  @Test
  @DisplayName("joins features to features, and to an image as channels")
  void joins() {
    Map<String, Shape> inputs =
        Map.of("label", Shape.of(10), "mask", Shape.of(1, 4, 6), "small", Shape.of(1, 2, 2));
    Layer label = new Layer.Join("label");
    assertThat(label.output(Shape.of(5), inputs)).isEqualTo(Shape.of(15));
    assertThat(label.output(Shape.of(3, 4, 6), inputs)).isEqualTo(Shape.of(13, 4, 6));
    assertThat(new Layer.Join("mask").output(Shape.of(3, 4, 6), inputs))
        .isEqualTo(Shape.of(4, 4, 6));
    fault(
        () -> new Layer.Join("small").output(Shape.of(3, 4, 6), inputs),
        "small",
        "[1, 2, 2]",
        "[3, 4, 6]",
        "same size");
    fault(() -> new Layer.Join("mask").output(Shape.of(5), inputs), "mask", "[1, 4, 6]", "[5]");
    fault(() -> label.output(Shape.of(5)), "label", "none to join");
  }

  @Test
  @DisplayName("refuses what cannot be, and says where")
  void faults() {
    fault(() -> Network.named("flow").build(), "flow", "input");
    fault(() -> Network.named("flow").input("z", GRAY).input("z", GRAY), "flow", "two inputs", "z");
    fault(() -> Network.named("flow").head("a").head("a"), "flow", "two heads", "a");
    fault(
        () -> Network.named("prior")
            .input("z", Shape.of(2))
            .layers(new Layer.Dense(3), new Layer.Join("label"))
            .build(),
        "prior layer 1",
        "label",
        "only z");
    fault(
        () -> Network.named("prior")
            .input("x", GRAY)
            .head("mean", FLATTEN, new Layer.Conv2d(1, 1, 1, 0))
            .build(),
        "prior head mean layer 1",
        "[48]",
        "unflatten");
    fault(
        () -> Network.named("prior")
            .input("z", Shape.of(2))
            .layers(new Layer.Residual(List.of(new Layer.Dense(3))))
            .build(),
        "prior layer 0",
        "makes [3] of [2]",
        "give it a shortcut that makes [3]");
    fault(
        () -> new Layer.Residual(List.of(new Layer.Dense(3)), List.of(new Layer.Dense(4)))
            .output(Shape.of(2)),
        "[3]",
        "the [4] that its shortcut makes");
    fault(
        () -> new Layer.Residual(List.of(TANH, new Layer.Conv2d(1, 1, 1, 0))).output(Shape.of(2)),
        "body layer 1",
        "[2]");
    fault(() -> new Layer.Residual(List.of()), "residual", "at least one layer");
    Network two =
        Network.named("two").input("z", Shape.of(2)).head("a").head("b").build();
    fault(two::output, "two", "a", "b");
    fault(
        () -> new NetworkEncoder(two, new DiagonalGaussianFamily()), "two", "mean", "log_variance");
  }

  @Test
  @DisplayName("has layers of which each says what sizes it cannot take")
  void impossibleLayers() {
    fault(() -> new Layer.Upsample(0), "upsample", "factor", "0");
    fault(() -> new Layer.Upsample(2).output(Shape.of(3)), "upsample", "[3]", "unflatten");
    fault(
        () -> new Layer.Upsample(1 << 20).output(Shape.of(1, 1 << 12, 1)),
        "upsample",
        "choose smaller sizes");
    fault(() -> new Layer.AveragePool(0), "average_pool", "size", "0");
    fault(() -> new Layer.AveragePool(3).output(Shape.of(1, 4, 2)), "size 3", "4x2", "smaller");
    assertThat(new Layer.AveragePool(2).output(Shape.of(1, 5, 2))).isEqualTo(Shape.of(1, 2, 1));
    fault(() -> new Layer.GroupNorm(0), "group_norm", "group", "0");
    fault(() -> new Layer.GroupNorm(3).output(Shape.of(4, 2, 2)), "3 group(s)", "[4, 2, 2]");
    fault(() -> new Layer.Gated().output(Shape.of(3)), "gated", "even", "[3]", "twice as many");
    fault(() -> new Layer.MaskedDense(0, List.of()), "masked_dense", "unit", "0");
    fault(() -> new Layer.MaskedDense(1, List.of(1, 2)), "other than 0 and 1");
    fault(() -> new Layer.MaskedDense(1, Arrays.asList(1, null)), "other than 0 and 1");
    fault(
        () -> new Layer.MaskedDense(2, List.of(1, 0)).output(Shape.of(3)),
        "2 units",
        "[3]",
        "6 numbers, not 2");
  }

  @Test
  @DisplayName("connects by degrees as MADE does")
  void degrees() {
    assertThat(
            Layer.MaskedDense.ofDegrees(List.of(1, 2, 3), List.of(2, 1), false).mask())
        .containsExactly(1, 1, 0, 1, 0, 0);
    assertThat(
            Layer.MaskedDense.ofDegrees(List.of(2, 1), List.of(1, 2, 3), true).mask())
        .containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  @DisplayName("starts its normalising layers as PyTorch does: scale 1, shift 0")
  void firstScales() {
    Network network = Network.named("n")
        .input("x", Shape.of(4, 2, 3))
        .layers(new Layer.GroupNorm(2), new Layer.LayerNorm())
        .build()
        .with(Initialization.GLOROT);
    assertThat(parameters(network))
        .containsEntry("n.0.weight", Shape.of(4))
        .containsEntry("n.1.bias", Shape.of(4, 2, 3));
    for (Parameter parameter : network.parameters()) {
      assertThat(parameter.initializer())
          .as(parameter.name())
          .isEqualTo(new Initializer.Constant(parameter.name().endsWith("weight") ? 1 : 0));
    }
  }
}
