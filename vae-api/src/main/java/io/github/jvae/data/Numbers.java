package io.github.jvae.data;

import java.util.OptionalInt;

/**
 * The numbers of many examples of one shape, wherever they lie: in memory, in a mapped file, or in
 * a source that is read from its beginning each time. Safe for use by several threads.
 */
public interface Numbers {
  /** Returns the number of examples, at least 1. */
  int count();

  /**
   * Reads one example, row-major.
   *
   * @param example which one, from 0
   * @param target receives the numbers of the example
   * @param offset where in the target the example begins
   */
  void read(int example, float[] target, int offset);

  /** Returns what reads examples in one pass; as {@link Examples#reader} does. */
  default ExampleReader reader() {
    return this::read;
  }

  /** Returns how many examples are shuffled at a time; as {@link Examples#shuffleBuffer} does. */
  default OptionalInt shuffleBuffer() {
    return OptionalInt.empty();
  }
}
