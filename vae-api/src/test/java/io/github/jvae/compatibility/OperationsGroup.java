package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.UnaryOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operation of a tensor and its gradient, against the reference. */
abstract class OperationsGroup extends CompatibilityGroup {
  private static final Shape SCALAR = Shape.scalar();

  OperationsGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private Stream<DynamicTest> tests(Stream<OperationCase> cases) {
    return cases.map(c -> dynamicTest(c.name(), () -> {
      try (OpenBackend engine = open();
          OpenBackend reference = reference()) {
        c.check(engine, reference, Closeness.OPERATION, Closeness.OPERATION_GRADIENT);
      }
    }));
  }

  static Tensor apply(UnaryOperation operation, Tensor x) {
    return switch (operation) {
      case NEGATE -> x.negate();
      case ABS -> x.abs();
      case EXP -> x.exp();
      case EXPM1 -> x.expm1();
      case LOG -> x.log();
      case LOG1P -> x.log1p();
      case SQRT -> x.sqrt();
      case SQUARE -> x.square();
      case ERF -> x.erf();
      case RELU -> x.relu();
      case SIGMOID -> x.sigmoid();
      case LOG_SIGMOID -> x.logSigmoid();
      case SOFTPLUS -> x.softplus();
      case TANH -> x.tanh();
      case STOP_GRADIENT -> x.stopGradient();
    };
  }

  private static double lowest(UnaryOperation operation) {
    return switch (operation) {
      case LOG, SQRT -> 0.1;
      case LOG1P -> -0.9;
      default -> -3;
    };
  }

  private static Tensor apply(BinaryOperation operation, Tensor a, Tensor b) {
    return switch (operation) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
      case DIVIDE -> a.divide(b);
      case MAXIMUM -> a.maximum(b);
      case MINIMUM -> a.minimum(b);
      case GREATER -> a.greater(b);
    };
  }

  private static Tensor apply(BinaryOperation operation, Tensor a, double b) {
    return switch (operation) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
      case DIVIDE -> a.divide(b);
      case MAXIMUM -> a.maximum(b);
      case MINIMUM -> a.minimum(b);
      case GREATER -> a.greater(b);
    };
  }

  @TestFactory
  @DisplayName("A function of one tensor has the reference's values and gradient")
  Stream<DynamicTest> unaryOperations() {
    List<Shape> shapes = List.of(SCALAR, Shape.of(1), Shape.of(3, 7), Shape.of(2, 1, 3, 2));
    return tests(Arrays.stream(UnaryOperation.values())
        .flatMap(operation -> shapes.stream()
            .map(shape -> OperationCase.unary(
                operation + " of " + shape,
                Numbers.uniform("unary", shape, lowest(operation), 3),
                x -> apply(operation, x)))));
  }

  /** Every way in which two shapes can broadcast. */
  private static final List<List<Shape>> BROADCASTS = List.of(
      List.of(SCALAR, SCALAR),
      List.of(SCALAR, Shape.of(3)),
      List.of(Shape.of(2, 3), SCALAR),
      List.of(Shape.of(2, 3), Shape.of(2, 3)),
      List.of(Shape.of(2, 3), Shape.of(3)),
      List.of(Shape.of(3), Shape.of(2, 3)),
      List.of(Shape.of(2, 3), Shape.of(2, 1)),
      List.of(Shape.of(2, 1), Shape.of(1, 3)),
      List.of(Shape.of(1), Shape.of(2, 3)),
      List.of(Shape.of(1, 1), Shape.of(1)),
      List.of(Shape.of(4, 1, 3), Shape.of(2, 1)),
      List.of(Shape.of(2, 1, 1, 3), Shape.of(5, 1)),
      List.of(Shape.of(2, 3, 4, 2), Shape.of(3, 1, 1)),
      List.of(Shape.of(1, 3, 1, 1), Shape.of(2, 1, 4, 2)));

  @TestFactory
  @DisplayName("A function of two tensors broadcasts, and its gradients are summed back")
  Stream<DynamicTest> binaryOperations() {
    return tests(Arrays.stream(BinaryOperation.values())
        .flatMap(operation -> BROADCASTS.stream()
            .map(shapes -> new OperationCase(
                operation + " of " + shapes.get(0) + " and " + shapes.get(1),
                List.of(
                    Numbers.uniform("left", shapes.get(0), -2, 2),
                    Numbers.uniform("right", shapes.get(1), 0.5, 2)),
                t -> apply(operation, t.get(0), t.get(1))))));
  }

  @TestFactory
  @DisplayName("A function of a tensor and a number")
  Stream<DynamicTest> numberOperations() {
    return tests(Arrays.stream(BinaryOperation.values())
        .flatMap(operation -> Stream.of(SCALAR, Shape.of(3, 4))
            .map(shape -> OperationCase.of(
                operation + " of " + shape + " and 0.7",
                t -> apply(operation, t.get(0), 0.7),
                shape))));
  }

  @TestFactory
  @DisplayName("A tensor with itself as the other operand")
  Stream<DynamicTest> sameOperandTwice() {
    return tests(Stream.of(
            BinaryOperation.ADD,
            BinaryOperation.SUBTRACT,
            BinaryOperation.MULTIPLY,
            BinaryOperation.DIVIDE)
        .map(operation -> OperationCase.unary(
            operation + " of a tensor and itself",
            Numbers.uniform("self", Shape.of(3, 2), 0.5, 2),
            x -> apply(operation, x, x))));
  }

  private static Stream<int[]> subsets(int rank) {
    return IntStream.range(0, 1 << rank)
        .mapToObj(mask ->
            IntStream.range(0, rank).filter(axis -> (mask & (1 << axis)) != 0).toArray());
  }

  @TestFactory
  @DisplayName("A reduction over any axes, which vanish or stay")
  Stream<DynamicTest> reductions() {
    List<OperationCase> cases = new ArrayList<>();
    for (Reduction reduction : Reduction.values()) {
      for (boolean keep : new boolean[] {false, true}) {
        subsets(3).forEach(axes -> cases.add(reduction(reduction, keep, Shape.of(2, 3, 4), axes)));
        cases.add(reduction(reduction, keep, SCALAR));
        cases.add(reduction(reduction, keep, Shape.of(1, 1), 0));
        cases.add(reduction(reduction, keep, Shape.of(2, 1, 3), 1));
        cases.add(reduction(reduction, keep, Shape.of(2, 3, 2, 2), -1, 1));
        cases.add(reduction(reduction, keep, Shape.of(2, 3, 2, 2), -3, -2, -1));
      }
    }
    return tests(cases.stream());
  }

  private static OperationCase reduction(
      Reduction reduction, boolean keep, Shape shape, int... axes) {
    return OperationCase.of(
        reduction + " of " + shape + " over " + Arrays.toString(axes) + (keep ? ", kept" : ""),
        t -> t.get(0).reduce(reduction, keep, axes),
        shape);
  }

  @TestFactory
  @DisplayName("Reductions by their short names")
  Stream<DynamicTest> namedReductions() {
    Shape shape = Shape.of(2, 3, 2);
    return tests(Stream.of(
        OperationCase.of("sum", t -> t.get(0).sum(1), shape),
        OperationCase.of("mean", t -> t.get(0).mean(0, -1), shape),
        OperationCase.of("max", t -> t.get(0).max(), shape),
        OperationCase.of("logSumExp", t -> t.get(0).logSumExp(2, 1), shape)));
  }

  @TestFactory
  @DisplayName("Matrix products of every size")
  Stream<DynamicTest> matrixProducts() {
    return tests(Stream.of(
            new int[] {1, 1, 1},
            new int[] {1, 5, 1},
            new int[] {4, 1, 3},
            new int[] {1, 3, 4},
            new int[] {4, 3, 1},
            new int[] {3, 4, 5})
        .map(s -> OperationCase.of(
            String.format(Locale.ROOT, "[%d, %d] by [%d, %d]", s[0], s[1], s[1], s[2]),
            t -> t.get(0).matmul(t.get(1)),
            Shape.of(s[0], s[1]),
            Shape.of(s[1], s[2]))));
  }

  @TestFactory
  @DisplayName("Reshape, transpose, slice, concat and broadcast move numbers and gradients alike")
  Stream<DynamicTest> structure() {
    List<OperationCase> cases = new ArrayList<>();
    reshapes(cases);
    transposes(cases);
    slices(cases);
    concats(cases);
    broadcasts(cases);
    return tests(cases.stream());
  }

  private static void add(
      List<OperationCase> cases, String name, Shape shape, Function<Tensor, Tensor> body) {
    cases.add(OperationCase.of(name + " of " + shape, t -> body.apply(t.get(0)), shape));
  }

  private static void reshapes(List<OperationCase> cases) {
    Shape shape = Shape.of(2, 3, 4);
    add(cases, "reshape to [6, 4]", shape, x -> x.reshape(6, 4));
    add(cases, "reshape to [4, -1]", shape, x -> x.reshape(4, -1));
    add(cases, "reshape to [-1]", shape, x -> x.reshape(-1));
    add(cases, "reshape to [1, 2, 3, 1, 4]", shape, x -> x.reshape(1, 2, 3, 1, 4));
    add(cases, "reshape to itself", shape, x -> x.reshape(2, -1, 4));
    add(cases, "reshape to [1]", SCALAR, x -> x.reshape(1));
    add(cases, "reshape to []", Shape.of(1, 1), x -> x.reshape());
  }

  private static void transposes(List<OperationCase> cases) {
    add(cases, "transpose 0", Shape.of(3), x -> x.transpose(0));
    add(cases, "transpose 1 0", Shape.of(2, 3), x -> x.transpose(1, 0));
    add(cases, "transpose 0 1", Shape.of(2, 3), x -> x.transpose(0, 1));
    add(cases, "transpose -1 0 1", Shape.of(2, 3, 4), x -> x.transpose(-1, 0, 1));
    add(cases, "transpose 1 2 0", Shape.of(2, 3, 4), x -> x.transpose(1, 2, 0));
    add(cases, "transpose 0 2 3 1", Shape.of(2, 3, 4, 5), x -> x.transpose(0, 2, 3, 1));
    add(cases, "transpose 3 1 0 2", Shape.of(2, 3, 4, 5), x -> x.transpose(3, 1, 0, 2));
    add(cases, "transpose 1 0", Shape.of(1, 4), x -> x.transpose(1, 0));
    add(
        cases,
        "transpose of a transpose",
        Shape.of(2, 3, 4),
        x -> x.transpose(2, 0, 1).transpose(1, 0, 2).reshape(-1));
  }

  private static void slices(List<OperationCase> cases) {
    Shape shape = Shape.of(3, 4, 5);
    for (int axis = -3; axis < 3; axis++) {
      int along = axis;
      add(cases, "slice 1 to 3 along " + axis, shape, x -> x.slice(along, 1, 3));
      add(cases, "slice 0 to 1 along " + axis, shape, x -> x.slice(along, 0, 1));
    }
    add(cases, "slice of all", shape, x -> x.slice(1, 0, 4));
    add(cases, "two slices that overlap", shape, x -> x.slice(1, 0, 3).multiply(x.slice(1, 1, 4)));
  }

  private static void concats(List<OperationCase> cases) {
    for (int axis = -2; axis < 2; axis++) {
      int along = axis;
      Shape other = Shape.of(2, 3).with(axis, 4);
      cases.add(OperationCase.of(
          "concat of [2, 3] and " + other + " along " + axis,
          t -> t.get(0).concat(along, t.get(1)),
          Shape.of(2, 3),
          other));
    }
    cases.add(OperationCase.of(
        "concat of three",
        t -> t.get(0).concat(1, t.get(1), t.get(2)),
        Shape.of(2, 1, 3),
        Shape.of(2, 2, 3),
        Shape.of(2, 3, 3)));
    add(cases, "concat of none", Shape.of(2, 3), x -> x.concat(0));
    add(cases, "concat with itself", Shape.of(2, 3), x -> x.concat(1, x, x));
  }

  private static void broadcasts(List<OperationCase> cases) {
    add(cases, "broadcast to [2, 3]", SCALAR, x -> x.broadcastTo(Shape.of(2, 3)));
    add(cases, "broadcast to [2, 3]", Shape.of(3), x -> x.broadcastTo(Shape.of(2, 3)));
    add(cases, "broadcast to [2, 3]", Shape.of(2, 1), x -> x.broadcastTo(Shape.of(2, 3)));
    add(cases, "broadcast to [4, 2, 3]", Shape.of(1, 3), x -> x.broadcastTo(Shape.of(4, 2, 3)));
    add(cases, "broadcast to itself", Shape.of(2, 3), x -> x.broadcastTo(Shape.of(2, 3)));
    add(
        cases,
        "broadcast to [2, 3, 4, 5]",
        Shape.of(3, 1, 5),
        x -> x.broadcastTo(Shape.of(2, 3, 4, 5)));
  }

  /** More than an engine that joins element-wise functions would join, in shapes that broadcast. */
  private static final Shape[] MANY = IntStream.range(0, 12)
      .mapToObj(i -> i % 3 == 0 ? Shape.of(3, 4) : i % 3 == 1 ? Shape.of(4) : Shape.of(3, 1))
      .toArray(Shape[]::new);

  private static Tensor polynomial(List<Tensor> coefficients) {
    Tensor sum = coefficients.get(0);
    for (Tensor coefficient : coefficients.subList(1, coefficients.size())) {
      sum = sum.multiply(0.5).tanh().multiply(coefficient).add(coefficient.square());
    }
    return sum;
  }

  @TestFactory
  @DisplayName("Chains in which a tensor is used several times add its gradients up")
  Stream<DynamicTest> chains() {
    List<OperationCase> cases = new ArrayList<>();
    Shape shape = Shape.of(3, 4);
    add(
        cases,
        "softmax",
        shape,
        x -> x.subtract(x.reduce(Reduction.LOG_SUM_EXP, true, 1)).exp());
    add(cases, "standardisation", shape, x -> {
      Tensor centred = x.subtract(x.reduce(Reduction.MEAN, true, 1));
      return centred.divide(
          centred.square().reduce(Reduction.MEAN, true, 1).add(0.1).sqrt());
    });
    add(
        cases,
        "a polynomial",
        shape,
        x -> x.square().multiply(x).add(x.multiply(2)).subtract(x));
    add(cases, "a Gram matrix", shape, x -> x.matmul(x.transpose(1, 0)).tanh());
    add(cases, "a stopped factor", shape, x -> x.multiply(x.stopGradient()).add(x.exp()));
    add(cases, "a mask", shape, x -> x.multiply(x.greater(0)).add(x.minimum(0).multiply(0.1)));
    add(cases, "a chain that is also used halfway", shape, x -> {
      Tensor halfway = x.multiply(0.5).add(1).tanh();
      return halfway.exp().multiply(2).subtract(0.3).softplus().add(halfway);
    });
    cases.add(OperationCase.of("a chain of many operands", OperationsGroup::polynomial, MANY));
    add(
        cases,
        "constants",
        shape,
        x -> x.multiply(x.trace().constant(Numbers.normal("constant", Shape.of(3, 1))))
            .add(x.trace().scalar(0.25))
            .add(x.trace().constant(HostTensor.scalar(2))));
    return tests(cases.stream());
  }

  @Test
  @DisplayName("No gradient passes a stop, nor a comparison")
  void noGradient() {
    OperationCase operation = OperationCase.of(
        "stopped",
        t -> t.get(0).stopGradient().multiply(3).add(t.get(1).greater(0.1)),
        Shape.of(2, 3),
        Shape.of(3));
    try (OpenBackend engine = open()) {
      operation.declare(engine);
      List<HostTensor> results = engine.gradients(operation.ofVariables());
      assertThat(results.get(2).data()).containsOnly(0);
      assertThat(results.get(3).data()).containsOnly(0);
    }
  }

  @Test
  @DisplayName("An output may be an input, a variable, a constant, or the same tensor twice")
  void plainOutputs() {
    HostTensor x = Numbers.normal("x", Shape.of(2, 3));
    OperationCase variable = OperationCase.of("variable", t -> t.get(0), Shape.of(2));
    try (OpenBackend engine = open()) {
      variable.declare(engine);
      List<HostTensor> outputs = engine
          .backend()
          .evaluate(
              (trace, inputs) -> {
                Tensor sum = inputs.get(0).add(1);
                return List.of(
                    inputs.get(0), trace.parameter("operand.0"), trace.scalar(4), sum, sum);
              },
              x);
      assertThat(outputs.get(0)).isEqualTo(x);
      assertThat(outputs.get(1)).isEqualTo(variable.operands().get(0));
      assertThat(outputs.get(2).item()).isEqualTo(4);
      assertThat(outputs.get(3)).isEqualTo(outputs.get(4));
    }
  }
}
