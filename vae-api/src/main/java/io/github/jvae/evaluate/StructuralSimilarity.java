package io.github.jvae.evaluate;

import io.github.jvae.tensor.Shape;

/**
 * The structural similarity of two images, as Wang, Bovik, Sheikh and Simoncelli define it in
 * "Image quality assessment: from error visibility to structural similarity", 2004: in a Gaussian
 * window of 11 x 11 with a standard deviation of 1.5, wherever it fits into the image, averaged
 * over places and channels. Pixels are from 0 to 1.
 */
final class StructuralSimilarity {
  private static final int WINDOW = 11;
  private static final int IMAGE_RANK = 3;
  private static final double DEVIATION = 1.5;
  private static final double LUMINANCE = 0.01 * 0.01;
  private static final double CONTRAST = 0.03 * 0.03;

  private final int channels;
  private final int height;
  private final int width;
  private final double[] kernel = new double[WINDOW];

  /** @param example [C, H, W]; of others there is no similarity, as the window does not fit */
  StructuralSimilarity(Shape example) {
    boolean isImage = example.rank() == IMAGE_RANK;
    channels = isImage ? example.dimension(0) : 0;
    height = isImage ? example.dimension(1) : 0;
    width = isImage ? example.dimension(2) : 0;
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      double distance = i - (WINDOW - 1) / 2.0;
      kernel[i] = Math.exp(-distance * distance / (2 * DEVIATION * DEVIATION));
      sum += kernel[i];
    }
    for (int i = 0; i < WINDOW; i++) {
      kernel[i] /= sum;
    }
  }

  /** A pixel of something that is averaged in windows. */
  private interface Pixel {
    double at(int index);
  }

  /**
   * Returns the similarity of two images in arrays of several.
   *
   * @param offset of both
   * @return not a number if the window does not fit
   */
  double of(float[] first, float[] second, int offset) {
    if (height < WINDOW || width < WINDOW) {
      return Double.NaN;
    }
    double sum = 0;
    int places = (height - WINDOW + 1) * (width - WINDOW + 1);
    for (int channel = 0; channel < channels; channel++) {
      int begin = offset + channel * height * width;
      double[] a = averages(i -> first[begin + i]);
      double[] b = averages(i -> second[begin + i]);
      double[] aa = averages(i -> (double) first[begin + i] * first[begin + i]);
      double[] bb = averages(i -> (double) second[begin + i] * second[begin + i]);
      double[] ab = averages(i -> (double) first[begin + i] * second[begin + i]);
      for (int i = 0; i < places; i++) {
        double product = a[i] * b[i];
        double powers = a[i] * a[i] + b[i] * b[i];
        sum += (2 * product + LUMINANCE)
            * (2 * (ab[i] - product) + CONTRAST)
            / ((powers + LUMINANCE) * (aa[i] + bb[i] - powers + CONTRAST));
      }
    }
    return sum / (channels * places);
  }

  /** Weighted averages in all windows: first along rows, then along columns. */
  private double[] averages(Pixel pixel) {
    int columns = width - WINDOW + 1;
    double[] along = new double[height * columns];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
          sum += kernel[i] * pixel.at(y * width + x + i);
        }
        along[y * columns + x] = sum;
      }
    }
    double[] result = new double[(height - WINDOW + 1) * columns];
    for (int i = 0; i < result.length; i++) {
      double sum = 0;
      for (int j = 0; j < WINDOW; j++) {
        sum += kernel[j] * along[i + j * columns];
      }
      result[i] = sum;
    }
    return result;
  }
}
