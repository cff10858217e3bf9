package io.github.jvae.data;

import io.github.jvae.tensor.Shape;

/**
 * Mean and standard deviation of each pixel over a data set, as a model sees it: scaled to [0, 1]
 * and binarized. The coins of a stochastic binarization are not tossed; what they come to on
 * average is taken.
 */
public final class PixelMoments {
  private static final int WHITE = 255;

  private final Shape shape;
  private final double count;
  // Sums of levels and of their squares, which are exact for any data set that fits a disk.
  private final long[] sums;
  private final long[] squares;

  private PixelMoments(Shape shape, double count, long[] sums, long[] squares) {
    this.shape = shape;
    this.count = count;
    this.sums = sums;
    this.squares = squares;
  }

  /**
   * Reads a data set once.
   *
   * @param binarization how grey values become binary, if at all
   */
  public static PixelMoments of(Dataset data, Binarization binarization) {
    int pixels = data.imageShape().size();
    long[] sums = new long[pixels];
    long[] squares = new long[pixels];
    boolean tossed = binarization == Binarization.STOCHASTIC;
    Binarization read = tossed ? Binarization.NONE : binarization;
    float[] image = new float[pixels];
    for (int i = 0; i < data.size(); i++) {
      read.read(data, i, Binarization.testStream(0), image, 0);
      for (int j = 0; j < pixels; j++) {
        int level = Math.round(image[j] * WHITE);
        sums[j] += level;
        // A coin is its own square.
        squares[j] += (long) level * (tossed ? WHITE : level);
      }
    }
    return new PixelMoments(data.imageShape(), data.size(), sums, squares);
  }

  /** The moments of all pixels of each channel together, shape [channels, 1, 1]. */
  public PixelMoments perChannel() {
    return pooled(Shape.of(shape.dimension(0), 1, 1));
  }

  /** The moments of all pixels together, shape [1, 1, 1]. */
  public PixelMoments overall() {
    return pooled(Shape.of(1, 1, 1));
  }

  private PixelMoments pooled(Shape groups) {
    int each = sums.length / groups.size();
    long[] groupSums = new long[groups.size()];
    long[] groupSquares = new long[groups.size()];
    for (int i = 0; i < sums.length; i++) {
      groupSums[i / each] += sums[i];
      groupSquares[i / each] += squares[i];
    }
    return new PixelMoments(groups, count * each, groupSums, groupSquares);
  }

  /** [channels, height, width]. */
  public Shape shape() {
    return shape;
  }

  /**
   * The mean, in [0, 1].
   *
   * @param pixel its place in [channels, height, width], row-major
   */
  public double mean(int pixel) {
    return sums[pixel] / count / WHITE;
  }

  /**
   * The standard deviation, of values in [0, 1].
   *
   * @param pixel its place in [channels, height, width], row-major
   */
  public double standardDeviation(int pixel) {
    double mean = sums[pixel] / count;
    return Math.sqrt(Math.max(0, squares[pixel] / count - mean * mean)) / WHITE;
  }
}
