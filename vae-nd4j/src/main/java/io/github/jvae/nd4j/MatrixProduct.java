package io.github.jvae.nd4j;

import io.github.jvae.tensor.Shape;
import java.util.List;

/** A product of two matrices, each of which may be meant transposed. */
final class MatrixProduct extends NativeOperation {
  private final boolean leftTransposed;
  private final boolean rightTransposed;

  private MatrixProduct(Value left, Value right, boolean leftTransposed, boolean rightTransposed) {
    super(
        "matmul",
        new long[] {leftTransposed ? 1 : 0, rightTransposed ? 1 : 0, 0},
        List.of(left, right),
        List.of(Value.of(Shape.of(
            left.shape().dimension(leftTransposed ? 1 : 0),
            right.shape().dimension(rightTransposed ? 0 : 1)))));
    this.leftTransposed = leftTransposed;
    this.rightTransposed = rightTransposed;
  }

  static Value record(
      Recording recording,
      Value left,
      Value right,
      boolean leftTransposed,
      boolean rightTransposed) {
    return recording.add(new MatrixProduct(left, right, leftTransposed, rightTransposed));
  }

  @Override
  void differentiate(Gradients gradients) {
    Recording recording = gradients.recording();
    Value left = operand(0);
    Value right = operand(1);
    Value gradient = gradients.require(result());
    gradients.add(
        left,
        () -> leftTransposed
            ? record(recording, right, gradient, rightTransposed, true)
            : record(recording, gradient, right, false, !rightTransposed));
    gradients.add(
        right,
        () -> rightTransposed
            ? record(recording, gradient, left, true, leftTransposed)
            : record(recording, left, gradient, !leftTransposed, false));
  }
}
