package io.github.jvae.nd4j.kernel;

/** A function of numbers at the same place, on a tile of them. */
@FunctionalInterface
public interface TileFunction {
  /**
   * Computes some numbers.
   *
   * @param operands a tile each
   * @param result where the numbers go; no operand's tile
   * @param count how many numbers there are
   * @param exponential what it may compute exponentials with
   */
  void apply(float[][] operands, float[] result, int count, Exponential exponential);

  /** The same function for use in another thread at the same time. */
  default TileFunction separate() {
    return this;
  }

  /** Of each number by itself. */
  static TileFunction of(Unary function) {
    return (operands, result, count, exponential) -> {
      float[] x = operands[0];
      for (int i = 0; i < count; i++) {
        result[i] = function.apply(x[i]);
      }
    };
  }

  /** Of two numbers. */
  static TileFunction of(Binary function) {
    return (operands, result, count, exponential) -> {
      float[] a = operands[0];
      float[] b = operands[1];
      for (int i = 0; i < count; i++) {
        result[i] = function.apply(a[i], b[i]);
      }
    };
  }

  /** A function of one number. */
  interface Unary {
    /** The value. */
    float apply(float x);
  }

  /** A function of two numbers. */
  interface Binary {
    /** The value. */
    float apply(float a, float b);
  }
}
