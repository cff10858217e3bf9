package io.github.jvae.data.image;

/**
 * Scales planes of bytes, one axis after the other: down by the mean of the area that a pixel
 * covers (which leaves nothing finer than a pixel, hence no aliasing, and keeps the mean), up by
 * cubic convolution with a = −1/2 (Keys, "Cubic convolution interpolation for digital image
 * processing", 1981). Values are taken as they are stored, as other tools do.
 */
final class Resampling {
  private static final int TAPS = 4;
  private static final int BRIGHTEST = 255;

  /** What a pixel is made of: the first one that counts, the weights of it and those behind it. */
  private static final class Mix {
    private final int first;
    private final float[] weights;

    private Mix(int first, float[] weights) {
      this.first = first;
      this.weights = weights;
    }
  }

  private Resampling() {}

  /**
   * Returns planes of another size.
   *
   * @param planes row after row, plane after plane
   * @param from the size of each
   * @param to the size wanted
   */
  static byte[] scale(byte[] planes, PixelSize from, PixelSize to) {
    int count = planes.length / (from.width() * from.height());
    float[] values = new float[planes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = planes[i] & BRIGHTEST;
    }
    // Rows first: each is then in one piece.
    float[] wide = along(values, count * from.height(), 1, mixes(from.width(), to.width()));
    float[] result = along(wide, count, to.width(), mixes(from.height(), to.height()));
    byte[] bytes = new byte[result.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(Math.max(0, Math.min(BRIGHTEST, result[i])));
    }
    return bytes;
  }

  /**
   * Scales an axis.
   *
   * @param outer how many numbers along the axes before it
   * @param inner how many along those behind it
   */
  private static float[] along(float[] values, int outer, int inner, Mix[] mixes) {
    int extent = values.length / outer / inner;
    float[] result = new float[outer * mixes.length * inner];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < mixes.length; i++) {
        int target = (o * mixes.length + i) * inner;
        Mix mix = mixes[i];
        for (int w = 0; w < mix.weights.length; w++) {
          int source = (o * extent + mix.first + w) * inner;
          for (int k = 0; k < inner; k++) {
            result[target + k] += mix.weights[w] * values[source + k];
          }
        }
      }
    }
    return result;
  }

  private static Mix[] mixes(int from, int to) {
    double step = (double) from / to;
    Mix[] mixes = new Mix[to];
    for (int i = 0; i < to; i++) {
      mixes[i] = step >= 1 ? area(i * step, (i + 1) * step, from) : cubic((i + 0.5) * step, from);
    }
    return mixes;
  }

  private static Mix area(double begin, double end, int extent) {
    int first = (int) begin;
    int last = Math.min(extent, (int) Math.ceil(end));
    float[] weights = new float[last - first];
    for (int i = 0; i < weights.length; i++) {
      double covered = Math.min(end, first + i + 1) - Math.max(begin, first + i);
      weights[i] = (float) (Math.max(0, covered) / (end - begin));
    }
    return new Mix(first, weights);
  }

  /** Beyond the border, the last pixel goes on. */
  private static Mix cubic(double centre, int extent) {
    int before = (int) Math.floor(centre - 0.5) - 1;
    int first = Math.max(0, before);
    float[] weights = new float[Math.min(extent, before + TAPS) - first];
    for (int i = before; i < before + TAPS; i++) {
      int kept = Math.max(0, Math.min(extent - 1, i));
      weights[kept - first] += (float) cubicWeight(Math.abs(i + 0.5 - centre));
    }
    return new Mix(first, weights);
  }

  private static double cubicWeight(double distance) {
    if (distance < 1) {
      return (1.5 * distance - 2.5) * distance * distance + 1;
    }
    return distance < 2 ? ((-0.5 * distance + 2.5) * distance - 4) * distance + 2 : 0;
  }
}
