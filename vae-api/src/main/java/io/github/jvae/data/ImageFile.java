package io.github.jvae.data;

import io.github.jvae.error.FileFault;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * A PNG or JPEG file as bytes: one channel if it is gray, else red, green and blue.
 *
 * <p>Transparent pixels are laid over black, the background of most data sets of this kind; 16-bit
 * channels are rounded to 8 bits.
 */
final class ImageFile {
  /** The largest image that is decoded: as many pixels as 4096 × 4096. */
  static final int MAX_PIXELS = 1 << 24;

  private static final int PNG_SIGNATURE = 8;

  /** What a chunk has besides its data: length, type and checksum. */
  private static final int PNG_CHUNK = 12;

  private static final int PNG_END = 0x49454E44;

  final Path path;
  final int channels;
  final int height;
  final int width;

  /** Channel after channel, row after row. */
  final byte[] bytes;

  private ImageFile(Path path, int channels, int height, int width, byte[] bytes) {
    this.path = path;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.bytes = bytes;
  }

  /**
   * Decodes a file.
   *
   * @throws io.github.jvae.error.VaeException if it cannot be read, is no image, or is enormous
   */
  static ImageFile read(Path file) {
    FileChecks.requireFile(file);
    BufferedImage image = decode(file);
    boolean gray = isGray(image.getColorModel());
    byte[] bytes = gray ? gray(image) : colour(image);
    return new ImageFile(file, gray ? 1 : 3, image.getHeight(), image.getWidth(), bytes);
  }

  private static BufferedImage decode(Path file) {
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw FileFault.of(
            file, "is not a PNG or JPEG image, whatever its name", "replace or remove it");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        // Asked of the header first: a small file may claim to decode to gigabytes.
        checkSize(file, reader.getWidth(0), reader.getHeight(0));
        if (reader.getFormatName().equalsIgnoreCase("png")) {
          checkChunks(file);
        }
        return readWhole(file, reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The JDK's decoders answer some damaged files with exceptions other than IOException.
      if (!Files.isReadable(file)) {
        throw FileFault.of(file, "may not be read", "change its permissions");
      }
      throw FileFault.of(
          file, "cannot be decoded (" + reason(e) + ")", "replace it, or save it as an RGB PNG");
    }
  }

  /** The JDK's PNG decoder leaves the rest of an image black where the data end early. */
  private static void checkChunks(Path file) throws IOException {
    // A stream of its own: the decoder has let go of the beginning of the other one.
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      long position = PNG_SIGNATURE;
      boolean end = false;
      while (!end) {
        if (position + PNG_CHUNK > in.length()) {
          throw FileFault.damaged(file, "is cut short: a PNG file without an end");
        }
        in.seek(position);
        position += PNG_CHUNK + in.readUnsignedInt();
        end = in.readInt() == PNG_END;
      }
    }
  }

  /** The JDK's JPEG decoder leaves the rest of an image gray, and tells listeners alone. */
  private static BufferedImage readWhole(Path file, ImageReader reader) throws IOException {
    AtomicBoolean cutShort = new AtomicBoolean();
    reader.addIIOReadWarningListener((source, warning) -> {
      if (warning.contains("remature end")) {
        cutShort.set(true);
      }
    });
    BufferedImage image = reader.read(0);
    if (cutShort.get()) {
      throw FileFault.damaged(file, "is cut short: a JPEG file without an end");
    }
    return image;
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    return message.lines().findFirst().orElse(message);
  }

  private static void checkSize(Path file, int width, int height) {
    if ((long) width * height > MAX_PIXELS) {
      throw FileFault.of(
          file,
          "is " + width + "x" + height + " pixels, beyond the limit of " + MAX_PIXELS,
          "scale it down");
    }
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

  /**
   * Samples as they are stored: {@link BufferedImage#getRGB} would take them for linear light and
   * brighten them.
   */
  private static byte[] gray(BufferedImage image) {
    if (image.getColorModel() instanceof IndexColorModel) {
      byte[] colour = colour(image);
      return Arrays.copyOf(colour, colour.length / 3);
    }
    Raster raster = image.getRaster();
    boolean hasAlpha = image.getColorModel().hasAlpha();
    int largest = (1 << image.getColorModel().getComponentSize(0)) - 1;
    byte[] bytes = new byte[image.getWidth() * image.getHeight()];
    int i = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int value = (raster.getSample(x, y, 0) * 255 + largest / 2) / largest;
        int alpha = hasAlpha ? (raster.getSample(x, y, 1) * 255 + largest / 2) / largest : 255;
        bytes[i++] = overBlack(value, alpha);
      }
    }
    return bytes;
  }

  private static byte[] colour(BufferedImage image) {
    int plane = image.getWidth() * image.getHeight();
    byte[] bytes = new byte[3 * plane];
    int[] row = new int[image.getWidth()];
    int i = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int argb : row) {
        int alpha = argb >>> 24;
        bytes[i] = overBlack(argb >> 16 & 0xFF, alpha);
        bytes[plane + i] = overBlack(argb >> 8 & 0xFF, alpha);
        bytes[2 * plane + i] = overBlack(argb & 0xFF, alpha);
        i++;
      }
    }
    return bytes;
  }

  private static byte overBlack(int value, int alpha) {
    return (byte) ((value * alpha + 127) / 255);
  }
}
