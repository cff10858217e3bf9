package io.github.jvae.flow;

import io.github.jvae.model.Rows;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * The reflection {@code y = x - 2 v vᵀx / ‖v‖²}, each example's own, which keeps lengths and
 * volumes and is its own inverse; where v is 0, it changes nothing.
 *
 * @param v [B, L]
 */
record Householder(Tensor v) implements Bijection {

  @Override
  public Mapped forward(Tensor x) {
    Tensor along = Rows.dot(v, x).divide(Rows.dot(v, v).maximum(Float.MIN_NORMAL));
    return new Mapped(
        x.subtract(v.multiply(along.multiply(2))),
        () -> x.trace().scalar(0).broadcastTo(Shape.of(x.shape().dimension(0))));
  }

  @Override
  public Mapped inverse(Tensor y) {
    return forward(y);
  }
}
