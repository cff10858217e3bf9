package io.github.jvae.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A decoded image as bytes: one channel if it is gray, else red, green and blue; channel after
 * channel, row after row. What is not black or transparent lies over black, and what has more than
 * 8 bits is rounded to the nearest of 256 levels.
 */
final class ImageBytes {
  private static final int WHITE = 255;

  private final BufferedImage image;
  private final int width;
  private final int plane;
  private final Set<ImageNote> notes = EnumSet.noneOf(ImageNote.class);

  final boolean gray;
  final byte[] bytes;

  ImageBytes(BufferedImage image) {
    this.image = image;
    this.width = image.getWidth();
    this.plane = width * image.getHeight();
    ColorModel model = image.getColorModel();
    this.gray = isGray(model);
    if (Arrays.stream(model.getComponentSize()).anyMatch(bits -> bits > 8)) {
      notes.add(ImageNote.DEEP);
    }
    if (model instanceof IndexColorModel) {
      byte[] colour = converted();
      this.bytes = gray ? Arrays.copyOf(colour, plane) : colour;
    } else if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      notes.add(ImageNote.CMYK);
      this.bytes = cmyk();
    } else {
      this.bytes = gray || isDeepRgb(model) ? samples(gray ? 1 : 3) : converted();
    }
  }

  /** What a user may want to know of it. */
  Set<ImageNote> notes() {
    return notes;
  }

  private static boolean isGray(ColorModel model) {
    if (model instanceof IndexColorModel palette) {
      return isGray(palette);
    }
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static boolean isGray(IndexColorModel palette) {
    for (int i = 0; i < palette.getMapSize(); i++) {
      if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isDeepRgb(ColorModel model) {
    return notes.contains(ImageNote.DEEP) && model.getColorSpace().isCS_sRGB();
  }

  /**
   * Samples as they are stored. Of gray, {@link BufferedImage#getRGB} would take them for linear
   * light and brighten them; of deep colour, it would round twice.
   */
  private byte[] samples(int channels) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int alphaBand = model.hasAlpha() ? model.getNumComponents() - 1 : -1;
    int opaque = alphaBand < 0 ? 1 : (1 << model.getComponentSize(alphaBand)) - 1;
    byte[] result = new byte[channels * plane];
    int[] values = new int[width];
    int[] alphas = new int[width];
    Arrays.fill(alphas, opaque);
    for (int c = 0; c < channels; c++) {
      long most = (long) ((1 << model.getComponentSize(c)) - 1) * opaque;
      int target = c * plane;
      for (int y = 0; y < image.getHeight(); y++) {
        raster.getSamples(0, y, width, 1, c, values);
        if (alphaBand >= 0) {
          raster.getSamples(0, y, width, 1, alphaBand, alphas);
        }
        for (int x = 0; x < width; x++) {
          noteAlpha(alphas[x] < opaque);
          long weight = model.isAlphaPremultiplied() ? opaque : alphas[x];
          result[target++] = (byte) ((values[x] * weight * WHITE + most / 2) / most);
        }
      }
    }
    return result;
  }

  /**
   * Returns the pixels as the colour model, with whatever profile it has, converts them to sRGB.
   */
  private byte[] converted() {
    byte[] result = new byte[3 * plane];
    int[] row = new int[width];
    int i = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        int alpha = argb >>> 24;
        noteAlpha(alpha < WHITE);
        result[i] = product(argb >> 16 & 0xFF, alpha);
        result[plane + i] = product(argb >> 8 & 0xFF, alpha);
        result[2 * plane + i] = product(argb & 0xFF, alpha);
        i++;
      }
    }
    return result;
  }

  /**
   * Each ink takes its share of the light, as most viewers have it. The JDK would take the result
   * for linear light and brighten it.
   */
  private byte[] cmyk() {
    Raster raster = image.getRaster();
    byte[] result = new byte[3 * plane];
    int[] row = new int[4 * width];
    int i = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < row.length; x += 4) {
        int light = WHITE - row[x + 3];
        result[i] = product(WHITE - row[x], light);
        result[plane + i] = product(WHITE - row[x + 1], light);
        result[2 * plane + i] = product(WHITE - row[x + 2], light);
        i++;
      }
    }
    return result;
  }

  private void noteAlpha(boolean transparent) {
    if (transparent) {
      notes.add(ImageNote.TRANSPARENT);
    }
  }

  private static byte product(int value, int share) {
    return (byte) ((value * share + WHITE / 2) / WHITE);
  }
}
