package io.github.jvae.nd4j.kernel;

/**
 * Small arrays in which kernels compute, piece by piece, so that what they work on stays in the
 * processor's nearest cache. All kernels of a replay share them, as one runs at a time.
 */
public final class Tiles {
  /** Numbers in one tile. */
  public static final int SIZE = 2048;

  /** How many operands an element-wise operation may have. */
  public static final int OPERANDS = 6;

  private final float[][] tiles = new float[OPERANDS + 1][SIZE];
  private final Exponential exponential = new Exponential();

  /** Returns one of {@link #OPERANDS} and one more. */
  public float[] tile(int index) {
    return tiles[index];
  }

  /** Returns what exponentials are computed with. */
  public Exponential exponential() {
    return exponential;
  }
}
