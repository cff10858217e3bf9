package io.github.jvae.model;

import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.stream.IntStream;

/** The rows of a batch. */
public final class Rows {
  private Rows() {}

  /**
   * Each example several times in a row.
   *
   * @param batch [B, ...]
   * @param times at least 1
   * @return [B · times, ...]
   */
  public static Tensor repeat(Tensor batch, int times) {
    Shape shape = batch.shape();
    int count = shape.dimension(0);
    int size = shape.size() / count;
    return batch
        .reshape(count, 1, size)
        .broadcastTo(Shape.of(count, times, size))
        .reshape(shape.with(0, count * times));
  }

  /**
   * Returns the inner product of each row of one matrix with that of another.
   *
   * @param a [B, L]
   * @param b [B, L]
   * @return [B, 1]
   */
  public static Tensor dot(Tensor a, Tensor b) {
    return a.multiply(b).reduce(Reduction.SUM, true, 1);
  }

  /**
   * Returns the sum of each example's elements.
   *
   * @param batch [B, ...]
   * @return [B]
   */
  public static Tensor sum(Tensor batch) {
    // A sum over no axes would be one over all.
    return batch.shape().rank() == 1
        ? batch
        : batch.sum(IntStream.range(1, batch.shape().rank()).toArray());
  }
}
