package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.Shape;

/**
 * Mean and standard deviation of each pixel over a data set, as a model sees it: scaled to [0, 1]
 * and binarized. The coins of a stochastic binarization are not tossed; what they come to on
 * average is taken.
 */
public final class PixelMoments {
  private static final int WHITE = 255;
  private static final String NEED = "an output bias that starts from data";

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
   * @param data images
   * @param transforms what is done to them
   * @throws VaeException if they are no images, or no longer from 0 to 1
   */
  public static PixelMoments of(Examples data, Transforms transforms) {
    Shape shape = ImageExamples.requireShape(data, NEED);
    if (!transforms.elements(data.elements()).isUnitInterval()) {
      throw new DataException(NEED + " needs pixels from 0 to 1, but of data set "
          + Quote.of(data.name()) + " the model is given " + transforms.elements(data.elements()));
    }
    boolean tossed = transforms.equals(Transforms.of(Binarization.STOCHASTIC));
    Transform.Change change = (tossed ? Transforms.none() : transforms).in(Pass.test(0));
    long[] sums = new long[shape.size()];
    long[] squares = new long[shape.size()];
    float[] image = new float[shape.size()];
    for (int i = 0; i < data.size(); i++) {
      data.read(i, image, 0);
      change.apply(i, image, 0, image.length);
      for (int j = 0; j < image.length; j++) {
        int level = Math.round(image[j] * WHITE);
        sums[j] += level;
        // A coin is its own square.
        squares[j] += (long) level * (tossed ? WHITE : level);
      }
    }
    return new PixelMoments(shape, data.size(), sums, squares);
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
