package io.github.jvae.data;

/**
 * Reads examples in one pass of one thread. Any index may be asked for at any time; where the
 * examples come one after the other, rising ones cost least, and going back begins anew.
 */
@FunctionalInterface
public interface ExampleReader {
  /**
   * Reads one example, row-major.
   *
   * @param index which example, from 0
   * @param target receives the numbers of the example
   * @param offset where in the target the example begins
   */
  void read(int index, float[] target, int offset);

  /**
   * Is told which examples are read next, before each batch: whoever fetches them from afar may
   * fetch them together. Does nothing unless a reader has use for it.
   *
   * @param indices in the order in which they will be read
   */
  default void expect(int... indices) {}
}
