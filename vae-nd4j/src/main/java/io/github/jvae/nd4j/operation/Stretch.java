package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.kernel.TileFunctions;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Shape;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Values stretched to a shape they broadcast to, and their gradients, which are sums. */
public final class Stretch {
  private Stretch() {}

  public static Value record(Recording recording, Value value, Shape shape) {
    return value.shape().equals(shape)
        ? value
        : recording.add(Elementwise.of(
            TileFunctions.COPY,
            (to, operation, gradient) -> addTo(to, operation.operand(0), () -> gradient),
            shape,
            value));
  }

  /** Adds to the gradient of an operand that was stretched to the contribution's shape. */
  static void addTo(Gradients gradients, Value operand, Supplier<Value> contribution) {
    gradients.add(operand, () -> sumTo(gradients.recording(), contribution.get(), operand.shape()));
  }

  /** Sums over the axes along which a shape was stretched. */
  private static Value sumTo(Recording recording, Value value, Shape shape) {
    int missing = value.shape().rank() - shape.rank();
    int[] axes = IntStream.range(0, value.shape().rank())
        .filter(axis -> axis < missing
            || (shape.dimension(axis - missing) == 1 && value.shape().dimension(axis) != 1))
        .toArray();
    return axes.length == 0
        ? value.reshape(shape)
        : Sum.record(recording, value, axes).reshape(shape);
  }
}
