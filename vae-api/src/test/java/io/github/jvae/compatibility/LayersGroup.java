package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * R4: networks of several inputs, branches and heads, and every layer that is no convolution, give
 * what the reference gives, whatever order of axes they meet.
 */
abstract class LayersGroup extends CompatibilityGroup {
  /** Behind a normalisation gradients may cancel to nothing but their rounding. */
  private static final double FLOOR = 0.1;

  private static final double STANDARD = 1 / Math.sqrt(1 + Layer.Normalizing.EPSILON);

  LayersGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  @TestFactory
  @DisplayName("Values, and gradients of all parameters and inputs, are the reference's")
  Stream<DynamicTest> samples() {
    return NetworkSample.all().map(sample -> dynamicTest(sample.name(), () -> compare(sample)));
  }

  private void compare(NetworkSample sample) {
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      engine.create(sample.parameters(), 5);
      reference.create(sample.parameters(), 5);
      List<HostTensor> actual = engine.gradients(sample.computation());
      List<double[]> expected =
          exact(reference).compileGradients(sample.computation()).runExactly();
      List<String> names = new ArrayList<>(List.of("loss"));
      sample.network().outputs().keySet().forEach(name -> names.add("output " + name));
      int outputs = names.size();
      engine.backend().variables().names().forEach(name -> names.add("gradient of " + name));
      for (int i = 1; i < outputs; i++) {
        Closeness.checkTensor(names.get(i), actual.get(i), expected.get(i), Closeness.MODEL);
      }
      for (int i = outputs; i < names.size(); i++) {
        Closeness.checkVector(
            names.get(i), actual.get(i), expected.get(i), Closeness.TRAINING, FLOOR);
      }
    }
  }

  @TestFactory
  @DisplayName("Numbers worked out by hand")
  Stream<DynamicTest> formulas() {
    HostTensor image = HostTensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
    HostTensor features = HostTensor.of(Shape.of(1, 4), 1, 3, 10, 30);
    return Stream.of(
        formula(new Layer.Upsample(2), image, 1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4),
        formula(new Layer.AveragePool(2), image, 2.5),
        formula(
            new Layer.AveragePool(2), HostTensor.of(Shape.of(1, 1, 2, 3), 1, 2, 9, 3, 4, 9), 2.5),
        formula(
            new Layer.GroupNorm(2), features, -STANDARD, STANDARD, -standard(100), standard(100)),
        formula(
            new Layer.GroupNorm(1),
            HostTensor.of(Shape.of(1, 2, 1, 2), 1, 3, 1, 3),
            -STANDARD,
            STANDARD,
            -STANDARD,
            STANDARD),
        formula(new Layer.LayerNorm(), HostTensor.of(Shape.of(1, 2), 5, 7), -STANDARD, STANDARD),
        formula(new Layer.Gated(), features, 1 / (1 + Math.exp(-10)), 3 / (1 + Math.exp(-30))),
        formula(
            new Layer.Gated(),
            HostTensor.of(Shape.of(1, 2, 1, 2), 1, 3, 0, (float) Math.log(3)),
            0.5,
            3 * 0.75),
        formula(
            new Layer.Gated(),
            HostTensor.of(Shape.of(1, 2, 2), 1, 3, 0, (float) Math.log(3)),
            0.5,
            3 * 0.75),
        formula(
            new Layer.Activate(Activation.SILU),
            features,
            Stream.of(1, 3, 10, 30).mapToDouble(x -> x / (1 + Math.exp(-x))).toArray()),
        formula(
            new Layer.Residual(List.of(new Layer.Activate(Activation.RELU))),
            HostTensor.of(Shape.of(1, 2), 3, -4),
            6,
            -4));
  }

  /** The size of two numbers of mean 0 and this variance, standardised. */
  private static double standard(double variance) {
    return Math.sqrt(variance) / Math.sqrt(variance + Layer.Normalizing.EPSILON);
  }

  private DynamicTest formula(Layer layer, HostTensor x, double... expected) {
    Shape example = x.shape().subShape(1, x.shape().rank());
    Network network = Network.named("network").input("x", example).layers(layer).build();
    return dynamicTest(layer + " of " + example, () -> {
      try (OpenBackend engine = open()) {
        engine.create(network.parameters(), 1);
        HostTensor made = engine
            .backend()
            .evaluate((trace, in) -> List.of(trace.apply(network, in.get(0))), x)
            .get(0);
        Closeness.OPERATION.check("output", made, expected);
      }
    });
  }

  @Test
  @DisplayName("An output of masked layers depends on the inputs before it, and on no other")
  void autoregressive() {
    List<Integer> order = List.of(1, 2, 3);
    List<Integer> hidden = List.of(1, 2, 1, 2, 2);
    Network made = Network.named("made")
        .input("x", Shape.of(3))
        .layers(
            Layer.MaskedDense.ofDegrees(order, hidden, false),
            new Layer.Activate(Activation.TANH),
            Layer.MaskedDense.ofDegrees(hidden, order, true))
        .build();
    HostTensor x = HostTensor.of(Shape.of(4, 3), 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
    try (OpenBackend engine = open()) {
      engine.create(made.parameters(), 3);
      float[] rows = engine
          .backend()
          .evaluate((trace, in) -> List.of(trace.apply(made, in.get(0))), x)
          .get(0)
          .data();
      for (int input = 0; input < 3; input++) {
        for (int output = 0; output < 3; output++) {
          assertThat(rows[3 * (input + 1) + output] != rows[output])
              .as("output %d depends on input %d", output, input)
              .isEqualTo(output > input);
        }
      }
    }
  }

  @Test
  @DisplayName("R2: inputs that do not fit name the network, the input and both shapes")
  void misfits() {
    Network network = Network.named("prior")
        .input("z", Shape.of(2))
        .input("label", Shape.of(3))
        .layers(new Layer.Join("label"), new Layer.Dense(1))
        .build();
    HostTensor z = HostTensor.zeros(Shape.of(4, 2));
    HostTensor label = HostTensor.zeros(Shape.of(4, 3));
    refuse(network, List.of("z"), List.of(z), "takes [z, label]", "given [z]");
    refuse(network, List.of("z", "y"), List.of(z, label), "takes [z, label]", "y");
    refuse(network, List.of("z", "label"), List.of(label, label), "z", "[4, 2]", "[4, 3]");
    refuse(
        network,
        List.of("z", "label"),
        List.of(z, HostTensor.zeros(Shape.of(5, 3))),
        "label",
        "[4, 3]",
        "[5, 3]");
    refuse(network, List.of("z", "label"), List.of(HostTensor.scalar(1), label), "z", "[2]", "[]");
  }

  private void refuse(
      Network network, List<String> names, List<HostTensor> values, String... parts) {
    try (OpenBackend engine = open()) {
      engine.create(network.parameters(), 1);
      assertThatThrownBy(() -> engine
              .backend()
              .evaluate(
                  (trace, in) -> {
                    Map<String, Tensor> inputs = new LinkedHashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                      inputs.put(names.get(i), in.get(i));
                    }
                    return trace.within(
                        "prior flow",
                        () -> List.copyOf(trace.apply(network, inputs).values()));
                  },
                  values.toArray(HostTensor[]::new)))
          .isInstanceOf(ShapeException.class)
          .hasMessageStartingWith("prior flow: network prior ")
          .hasMessageContainingAll(parts);
    }
  }
}
