package io.github.jvae.random;

/**
 * Standard normal numbers by the ziggurat method (Marsaglia and Tsang, "The ziggurat method for
 * generating random variables", 2000), with the layer and the place in it from different bits
 * (Doornik, "An improved ziggurat method to generate normal random samples", 2005).
 *
 * <p>{@code e^(-x²/2)} for x from 0 on lies below 256 layers of the same area: boxes one upon
 * another, of which the lowest includes the tail. A point in a box is under the curve nearly
 * always, which takes no logarithm to see. All logarithms and exponentials are those of
 * {@link StrictMath}, so that the numbers are the same everywhere.
 */
final class Ziggurat {
  private static final int LAYERS = 256;

  /** Where the tail begins. */
  private static final double TAIL = 3.654152885361009;

  /** Of each layer, and of the lowest with its tail. */
  private static final double AREA = 0.00492867323399;

  private static final double SIGNED_UNIT = 0x1.0p-52;

  /** The width of each layer, from the lowest up; 0 above the highest. */
  private static final double[] WIDTH = widths();

  /** The curve's height at each width. */
  private static final double[] HEIGHT = heights();

  private Ziggurat() {}

  private static double[] widths() {
    double[] widths = new double[LAYERS + 1];
    widths[0] = AREA / density(TAIL);
    widths[1] = TAIL;
    for (int i = 2; i < LAYERS; i++) {
      double height = density(widths[i - 1]) + AREA / widths[i - 1];
      widths[i] = StrictMath.sqrt(-2 * StrictMath.log(height));
    }
    return widths;
  }

  private static double[] heights() {
    double[] heights = new double[LAYERS + 1];
    for (int i = 1; i <= LAYERS; i++) {
      heights[i] = density(WIDTH[i]);
    }
    return heights;
  }

  /** The curve: 1 at 0. */
  private static double density(double x) {
    return StrictMath.exp(-0.5 * x * x);
  }

  /** The next number, from at least 64 bits of a stream. */
  static double next(RandomStream stream) {
    while (true) {
      long bits = stream.nextLong();
      int layer = (int) (bits & (LAYERS - 1));
      double x = (bits >> 11) * SIGNED_UNIT * WIDTH[layer];
      if (Math.abs(x) < WIDTH[layer + 1]) {
        return x;
      }
      if (layer == 0) {
        return Math.copySign(tail(stream), x);
      }
      double y = HEIGHT[layer] + stream.nextDouble() * (HEIGHT[layer + 1] - HEIGHT[layer]);
      if (y < density(x)) {
        return x;
      }
    }
  }

  /**
   * Draws from beyond where the tail begins (Marsaglia, "Generating a variable from the tail",
   * 1964).
   */
  private static double tail(RandomStream stream) {
    while (true) {
      double beyond = exponential(stream) / TAIL;
      if (2 * exponential(stream) > beyond * beyond) {
        return TAIL + beyond;
      }
    }
  }

  private static double exponential(RandomStream stream) {
    return -StrictMath.log(1 - stream.nextDouble());
  }
}
