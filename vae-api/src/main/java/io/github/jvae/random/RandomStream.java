package io.github.jvae.random;

/**
 * A splittable stream of random numbers that is the same everywhere.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014); normal numbers come from a {@link Ziggurat}, which no intrinsic of one
 * platform changes by a bit. The JDK's own generators leave the algorithm of {@code nextGaussian}
 * open, which is why they are not used here.
 *
 * <p>A stream is derived from a seed by naming what it is for:
 * {@code RandomStream.of(seed).child("noise").child(step)}. Children depend on the path alone,
 * never on how many numbers their parent has handed out, so drawing more in one place changes
 * nothing in another. Not thread-safe; give each thread a child of its own.
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double DOUBLE_UNIT = 0x1.0p-53;
  private static final float FLOAT_UNIT = 0x1.0p-24f;

  private final long key;
  private long state;

  private RandomStream(long key) {
    this.key = key;
    this.state = key;
  }

  /** The root stream of a seed. */
  public static RandomStream of(long seed) {
    return new RandomStream(mix(seed + GOLDEN_GAMMA));
  }

  /** The stream for something that has a name, such as a variable. */
  public RandomStream child(String name) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return new RandomStream(mix(mix(key ^ 0x5851F42D4C957F2DL) + mix(hash)));
  }

  /** The stream for something that has a number, such as a step or an epoch. */
  public RandomStream child(long index) {
    return new RandomStream(mix(mix(key ^ 0x14057B7EF767814FL) + mix(index + GOLDEN_GAMMA)));
  }

  /** 64 random bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A number from [0, 1), with 53 random bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * DOUBLE_UNIT;
  }

  /** A number from [0, 1), with 24 random bits. */
  public float nextFloat() {
    return (nextLong() >>> 40) * FLOAT_UNIT;
  }

  /**
   * A whole number from 0 (included) to a bound (not included), without bias.
   *
   * @throws IllegalArgumentException if the bound is below 1
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, not " + bound);
    }
    // Lemire, "Fast random integer generation in an interval", 2019, on 32 bits.
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long threshold = (0x100000000L - bound) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /** A number from the standard normal distribution. */
  public double nextGaussian() {
    return Ziggurat.next(this);
  }

  /** Fills an array with standard normal numbers. */
  public void fillGaussian(float[] target) {
    fillGaussian(target, 0, target.length);
  }

  /** Fills a part of an array, from {@code begin} up to but not including {@code end}. */
  public void fillGaussian(float[] target, int begin, int end) {
    for (int i = begin; i < end; i++) {
      target[i] = (float) nextGaussian();
    }
  }

  /** Fills an array with numbers from [low, high). */
  public void fillUniform(float[] target, double low, double high) {
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) (low + (high - low) * nextDouble());
    }
  }

  /** The numbers 0 to {@code count - 1} in random order (Fisher and Yates). */
  public int[] permutation(int count) {
    int[] result = new int[count];
    for (int i = 0; i < count; i++) {
      int j = nextInt(i + 1);
      result[i] = result[j];
      result[j] = i;
    }
    return result;
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
