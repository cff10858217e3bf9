package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Values with their axes in another order. */
public final class Transposition {
  private Transposition() {}

  public static Value record(Recording recording, Value value, int... order) {
    return IntStream.range(0, order.length).allMatch(i -> order[i] == i)
        ? value
        : recording.add(Elementwise.transpose(
            value,
            (to, operation, gradient) -> to.add(
                operation.operand(0), () -> record(to.recording(), gradient, inverse(order))),
            order));
  }

  /** Puts some axes last. */
  static Value last(Recording recording, Value value, int... axes) {
    IntStream others = IntStream.range(0, value.shape().rank())
        .filter(axis -> Arrays.stream(axes).noneMatch(a -> a == axis));
    return record(
        recording, value, IntStream.concat(others, Arrays.stream(axes)).toArray());
  }

  static int[] inverse(int... order) {
    int[] result = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      result[order[i]] = i;
    }
    return result;
  }
}
