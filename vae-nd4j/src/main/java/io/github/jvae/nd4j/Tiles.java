package io.github.jvae.nd4j;

/**
 * Small arrays in which kernels compute, piece by piece, so that what they work on stays in the
 * processor's nearest cache. All kernels of a replay share them, as one runs at a time.
 */
final class Tiles {
  /** Numbers in one tile. */
  static final int SIZE = 2048;

  private static final int COUNT = 8;

  private final float[][] tiles = new float[COUNT][SIZE];
  private final Exponential exponential = new Exponential();

  float[] tile(int index) {
    return tiles[index];
  }

  Exponential exponential() {
    return exponential;
  }
}
