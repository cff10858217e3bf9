package io.github.jvae.model;

import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.function.Supplier;

/** What a component returns for a batch, if it must be one number for each example. */
final class PerExample {
  private PerExample() {}

  /**
   * Records a component's part, under its name.
   *
   * @param batch whose first axis are the examples
   * @throws ShapeException unless it makes [B]
   */
  static Tensor of(String component, Tensor batch, Supplier<Tensor> part) {
    Tensor result = batch.trace().within(component, part);
    Shape wanted = Shape.of(batch.shape().dimension(0));
    if (!result.shape().equals(wanted)) {
      throw new ShapeException(
          component + " must return one number per example, " + wanted + ", not " + result.shape());
    }
    return result;
  }
}
