package io.github.jvae.disentanglement;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The places of numbers, from the least number to the greatest. */
final class Order {
  private Order() {}

  /** Returns the places; those of equal numbers in their order. */
  static int[] of(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
