package io.github.jvae.nd4j.optimizer;

/**
 * How an optimizer moves the numbers of one tile. Its loops are plain, so that Java compiles them
 * to vectors.
 */
interface UpdateRule {

  /** Prepares a step, counted from 1: threads read what it computes for all tiles. */
  void begin(double learningRate, long step);

  /**
   * Moves the numbers of a tile.
   *
   * @param value the variable's numbers, which are changed
   * @param gradient after clipping; may be changed
   * @param slots the tile of each of the optimizer's slots, in order, which are changed
   * @param count how many numbers there are
   */
  void move(float[] value, float[] gradient, float[][] slots, int count);

  /** Adds a multiple of other numbers, where it is one of anything. */
  static void add(float[] numbers, float[] other, float factor, int count) {
    if (factor == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      numbers[i] += factor * other[i];
    }
  }

  /** Lets a running mean or sum fade and adds to it. */
  static void blend(float[] m, float[] g, float keep, float take, int count) {
    for (int i = 0; i < count; i++) {
      m[i] = keep * m[i] + take * g[i];
    }
  }
}
