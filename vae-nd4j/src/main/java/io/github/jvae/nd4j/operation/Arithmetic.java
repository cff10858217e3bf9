package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.kernel.TileFunction;
import io.github.jvae.nd4j.kernel.TileFunctions;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Shape;

/** Functions of two operands that broadcast, with their gradients. */
public final class Arithmetic {
  private static final TileFunction MAXIMUM = TileFunction.of((a, b) -> Math.max(a, b));
  private static final TileFunction MINIMUM = TileFunction.of((a, b) -> Math.min(a, b));
  private static final TileFunction GREATER = TileFunction.of((a, b) -> a > b ? 1 : 0);
  private static final TileFunction AT_LEAST = TileFunction.of((a, b) -> a >= b ? 1 : 0);

  private Arithmetic() {}

  /** Records {@code a + b}. */
  public static Value sum(Recording recording, Value a, Value b) {
    return record(recording, BinaryOperation.ADD, a, b);
  }

  /** Records {@code a - b}. */
  public static Value difference(Recording recording, Value a, Value b) {
    return record(recording, BinaryOperation.SUBTRACT, a, b);
  }

  /** Records {@code a · b}. */
  public static Value product(Recording recording, Value a, Value b) {
    return record(recording, BinaryOperation.MULTIPLY, a, b);
  }

  private static Value quotient(Recording recording, Value a, Value b) {
    return record(recording, BinaryOperation.DIVIDE, a, b);
  }

  public static Value record(Recording recording, BinaryOperation function, Value a, Value b) {
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

  private static void ofSum(Gradients to, Elementwise operation, Value gradient) {
    Stretch.addTo(to, operation.operand(0), () -> gradient);
    Stretch.addTo(to, operation.operand(1), () -> gradient);
  }

  private static void ofDifference(Gradients to, Elementwise operation, Value gradient) {
    Stretch.addTo(to, operation.operand(0), () -> gradient);
    Stretch.addTo(to, operation.operand(1), () -> negate(to, gradient));
  }

  private static void ofProduct(Gradients to, Elementwise operation, Value gradient) {
    Value a = operation.operand(0);
    Value b = operation.operand(1);
    Stretch.addTo(to, a, () -> product(to.recording(), gradient, b));
    Stretch.addTo(to, b, () -> product(to.recording(), gradient, a));
  }

  private static void ofQuotient(Gradients to, Elementwise operation, Value gradient) {
    Recording recording = to.recording();
    Value b = operation.operand(1);
    Stretch.addTo(to, operation.operand(0), () -> quotient(recording, gradient, b));
    Stretch.addTo(to, b, () -> {
      Value ratio = quotient(recording, operation.result(), b);
      return negate(to, product(recording, gradient, ratio));
    });
  }

  /** Of equal operands, the first is taken for the one that was chosen. */
  private static void ofChoice(
      Gradients to, Value gradient, Elementwise operation, int greater, int lesser) {
    Recording recording = to.recording();
    Value a = operation.operand(greater);
    Value b = operation.operand(lesser);
    Shape shape = operation.result().shape();
    Value first = recording.add(Elementwise.of(AT_LEAST, Elementwise.NONE, shape, a, b));
    Stretch.addTo(to, operation.operand(0), () -> product(recording, gradient, first));
    Stretch.addTo(
        to,
        operation.operand(1),
        () -> difference(recording, gradient, product(recording, gradient, first)));
  }

  static Value negate(Gradients to, Value value) {
    return to.recording()
        .add(Elementwise.of(TileFunctions.NEGATE, Elementwise.NONE, value.shape(), value));
  }
}
