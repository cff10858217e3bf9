package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Mistakes of users: each is a clear error, after which the backend goes on. */
abstract class FaultsGroup extends CompatibilityGroup {
  private static final HostTensor LEFT = Numbers.normal("left", Shape.of(2, 3));
  private static final HostTensor RIGHT = Numbers.normal("right", Shape.of(4, 5));

  FaultsGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static void requireUsable(OpenBackend engine) {
    HostTensor sum = engine
        .backend()
        .evaluate((t, in) -> List.of(in.get(0).add(in.get(0))), LEFT)
        .get(0);
    assertThat(sum.data()[0]).isEqualTo(2 * LEFT.data()[0]);
  }

  private DynamicTest misfit(
      String operation, BiFunction<Tensor, Tensor, Tensor> body, String... parts) {
    return dynamicTest(operation + " names " + String.join(", ", parts), () -> {
      try (OpenBackend engine = open()) {
        assertThatThrownBy(() -> engine
                .backend()
                .evaluate(
                    (trace, in) -> List.of(
                        trace.within("likelihood probe", () -> body.apply(in.get(0), in.get(1)))),
                    LEFT,
                    RIGHT))
            .isInstanceOf(ShapeException.class)
            .hasMessageStartingWith("likelihood probe: " + operation)
            .hasMessageContainingAll(parts);
        requireUsable(engine);
      }
    });
  }

  @TestFactory
  @DisplayName("R2: shapes that do not fit name the operation, the shapes and the component")
  Stream<DynamicTest> misfits() {
    return Stream.of(
        misfit("ADD", Tensor::add, "[2, 3]", "[4, 5]"),
        misfit("GREATER", Tensor::greater, "[2, 3]", "[4, 5]"),
        misfit("MATMUL", Tensor::matmul, "[2, 3]", "[4, 5]"),
        misfit("CONCAT", (a, b) -> a.concat(0, b), "[2, 3]", "[4, 5]", "axis 0"),
        misfit("RESHAPE", (a, b) -> a.reshape(4, 2), "[2, 3]", "[4, 2]"),
        misfit("RESHAPE", (a, b) -> a.reshape(4, -1), "[2, 3]", "[4, -1]"),
        misfit("RESHAPE", (a, b) -> a.reshape(-1, -1), "[-1, -1]"),
        misfit("RESHAPE", (a, b) -> a.reshape(0, 6), "[0, 6]"),
        misfit("TRANSPOSE", (a, b) -> a.transpose(0, 0), "[2, 3]", "[0, 0]"),
        misfit("SLICE", (a, b) -> a.slice(1, 2, 4), "[2, 3]", "2 to 4"),
        misfit("SLICE", (a, b) -> a.slice(0, 1, 1), "[2, 3]", "1 to 1"),
        misfit("SUM", (a, b) -> a.sum(2), "[2, 3]", "axis 2"),
        misfit("MEAN", (a, b) -> a.mean(0, -2), "[2, 3]", "axis -2", "twice"),
        misfit("BROADCAST", (a, b) -> a.broadcastTo(Shape.of(3, 3)), "[2, 3]", "[3, 3]"));
  }

  @Test
  @DisplayName("An empty batch is refused where it is made")
  void emptyBatch() {
    assertThatThrownBy(() -> HostTensor.zeros(Shape.of(0, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[0, 3]");
  }

  @Test
  @DisplayName("R3: a tensor of another backend is refused, and both are named")
  void mixedBackends() {
    assumeThat(kit().module().name()).isNotEqualTo("reference");
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      Tensor foreign = capture(reference);
      assertThatThrownBy(() ->
              engine.backend().evaluate((trace, in) -> List.of(in.get(0).add(foreign)), LEFT))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("ADD", kit().module().name(), "reference");
      requireUsable(engine);
    }
  }

  private static Tensor capture(OpenBackend from) {
    List<Tensor> kept = new ArrayList<>();
    from.backend()
        .evaluate(
            (trace, in) -> {
              kept.add(in.get(0));
              return in;
            },
            LEFT);
    return kept.get(0);
  }

  @Test
  @DisplayName("R3: a tensor kept from another computation is refused, as operand and as output")
  void otherComputation() {
    try (OpenBackend engine = open()) {
      Tensor kept = capture(engine);
      assertThatThrownBy(() ->
              engine.backend().evaluate((trace, in) -> List.of(in.get(0).multiply(kept)), LEFT))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("MULTIPLY", "another computation");
      assertThatThrownBy(() -> engine.backend().evaluate((trace, in) -> List.of(kept), LEFT))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("another computation");
      requireUsable(engine);
    }
  }

  @Test
  @DisplayName("An undeclared parameter is an error that lists the declared ones")
  void undeclaredParameter() {
    try (OpenBackend engine = open()) {
      OperationCase.of("declared", t -> t.get(0), Shape.of(2)).declare(engine);
      assertThatThrownBy(() -> engine
              .backend()
              .evaluate((trace, in) -> List.of(trace.parameter("decoder.9.weight"))))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("decoder.9.weight", "operand.0");
      requireUsable(engine);
    }
  }

  @Test
  @DisplayName("Another number of inputs than at first is an error that says both")
  void wrongNumberOfInputs() {
    try (OpenBackend engine = open();
        Executable sum = engine
            .backend()
            .compile((trace, in) -> List.of(in.get(0).sum().add(in.get(1).sum())))) {
      sum.run(LEFT, RIGHT);
      assertThatThrownBy(() -> sum.run(LEFT))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("input", "2", "1");
      assertThatThrownBy(() -> sum.run(LEFT, RIGHT, LEFT))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("input", "2", "3");
      sum.run(LEFT, RIGHT);
    }
  }

  @Test
  @DisplayName("A loss that is no single number is an error, for gradients and for training")
  void lossNotScalar() {
    try (OpenBackend engine = open()) {
      OperationCase.of("variable", t -> t.get(0), Shape.of(2, 3)).declare(engine);
      try (Executable gradients = engine
              .backend()
              .compileGradients((trace, in) -> List.of(trace.parameter("operand.0")));
          TrainingStep step = engine
              .backend()
              .compileTraining(
                  (trace, in) -> List.of(trace.parameter("operand.0").square()), Adam.defaults())) {
        assertThatThrownBy(() -> gradients.run())
            .isInstanceOf(VaeException.class)
            .hasMessageContainingAll("loss", "[2, 3]");
        assertThatThrownBy(() -> step.run(0.1))
            .isInstanceOf(VaeException.class)
            .hasMessageContainingAll("loss", "[2, 3]");
      }
      requireUsable(engine);
    }
  }

  @Test
  @DisplayName("A computation without outputs is an error")
  void noOutputs() {
    try (OpenBackend engine = open()) {
      assertThatThrownBy(() -> engine.backend().evaluate((trace, in) -> List.of(), LEFT))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("output");
      requireUsable(engine);
    }
  }

  @Test
  @DisplayName("What a computation throws reaches the caller, and the backend goes on")
  void computationThrows() {
    try (OpenBackend engine = open()) {
      assertThatThrownBy(() -> engine
              .backend()
              .evaluate(
                  (trace, in) -> {
                    in.get(0).exp();
                    throw new IllegalStateException("half recorded");
                  },
                  LEFT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("half recorded");
      requireUsable(engine);
    }
  }
}
