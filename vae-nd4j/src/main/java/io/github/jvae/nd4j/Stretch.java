package io.github.jvae.nd4j;

import io.github.jvae.tensor.Shape;

/** Values stretched to a shape they broadcast to. */
final class Stretch {
  private Stretch() {}

  static Value record(Recording recording, Value value, Shape shape) {
    return value.shape().equals(shape)
        ? value
        : recording.add(Elementwise.of(
            TileFunctions.COPY,
            (to, operation, gradient) -> to.addStretched(operation.operand(0), () -> gradient),
            shape,
            value));
  }
}
