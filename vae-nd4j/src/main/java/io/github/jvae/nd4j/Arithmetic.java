package io.github.jvae.nd4j;

import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Shape;

/** Functions of two operands that broadcast, with their gradients. */
final class Arithmetic {
  private static final TileFunction MAXIMUM = TileFunction.of((a, b) -> Math.max(a, b));
  private static final TileFunction MINIMUM = TileFunction.of((a, b) -> Math.min(a, b));
  private static final TileFunction GREATER = TileFunction.of((a, b) -> a > b ? 1 : 0);
  private static final TileFunction AT_LEAST = TileFunction.of((a, b) -> a >= b ? 1 : 0);

  private Arithmetic() {}

  static Value record(Recording recording, BinaryOperation function, Value a, Value b) {
    Shape shape = Shape.broadcast(a.shape(), b.shape());
    return recording.add(
        switch (function) {
          case ADD -> Elementwise.of(TileFunctions.ADD, Arithmetic::ofSum, shape, a, b);
          case SUBTRACT ->
            Elementwise.of(TileFunctions.SUBTRACT, Arithmetic::ofDifference, shape, a, b);
          case MULTIPLY ->
            Elementwise.of(TileFunctions.MULTIPLY, Arithmetic::ofProduct, shape, a, b);
          case DIVIDE -> Elementwise.of(TileFunctions.DIVIDE, Arithmetic::ofQuotient, shape, a, b);
          case MAXIMUM ->
            Elementwise.of(MAXIMUM, (to, op, g) -> ofChoice(to, g, op, 0, 1), shape, a, b);
          case MINIMUM ->
            Elementwise.of(MINIMUM, (to, op, g) -> ofChoice(to, g, op, 1, 0), shape, a, b);
          case GREATER -> Elementwise.of(GREATER, Elementwise.NONE, shape, a, b);
        });
  }

  private static Value record(Gradients to, BinaryOperation function, Value a, Value b) {
    return record(to.recording(), function, a, b);
  }

  private static void ofSum(Gradients to, Elementwise operation, Value gradient) {
    to.addStretched(operation.operand(0), () -> gradient);
    to.addStretched(operation.operand(1), () -> gradient);
  }

  private static void ofDifference(Gradients to, Elementwise operation, Value gradient) {
    to.addStretched(operation.operand(0), () -> gradient);
    to.addStretched(operation.operand(1), () -> negate(to, gradient));
  }

  private static void ofProduct(Gradients to, Elementwise operation, Value gradient) {
    Value a = operation.operand(0);
    Value b = operation.operand(1);
    to.addStretched(a, () -> record(to, BinaryOperation.MULTIPLY, gradient, b));
    to.addStretched(b, () -> record(to, BinaryOperation.MULTIPLY, gradient, a));
  }

  private static void ofQuotient(Gradients to, Elementwise operation, Value gradient) {
    Value b = operation.operand(1);
    to.addStretched(operation.operand(0), () -> record(to, BinaryOperation.DIVIDE, gradient, b));
    to.addStretched(b, () -> {
      Value ratio = record(to, BinaryOperation.DIVIDE, operation.result(), b);
      return negate(to, record(to, BinaryOperation.MULTIPLY, gradient, ratio));
    });
  }

  /** Of equal operands, the first is taken for the one that was chosen. */
  private static void ofChoice(
      Gradients to, Value gradient, Elementwise operation, int greater, int lesser) {
    Value a = operation.operand(greater);
    Value b = operation.operand(lesser);
    Shape shape = operation.result().shape();
    Value first = to.recording().add(Elementwise.of(AT_LEAST, Elementwise.NONE, shape, a, b));
    to.addStretched(
        operation.operand(0), () -> record(to, BinaryOperation.MULTIPLY, gradient, first));
    to.addStretched(
        operation.operand(1),
        () -> record(
            to,
            BinaryOperation.SUBTRACT,
            gradient,
            record(to, BinaryOperation.MULTIPLY, gradient, first)));
  }

  static Value negate(Gradients to, Value value) {
    return to.recording()
        .add(Elementwise.of(TileFunctions.NEGATE, Elementwise.NONE, value.shape(), value));
  }
}
