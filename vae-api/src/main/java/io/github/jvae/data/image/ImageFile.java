package io.github.jvae.data.image;

import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * The image in a file, upright, as bytes: one channel if it is gray, else red, green and blue.
 *
 * <p>Transparent pixels are laid over black, the background of most data sets of this kind; 16-bit
 * channels are rounded to 8 bits.
 */
final class ImageFile {
  /** The largest file that is read, in bytes: twice the largest image in its deepest form. */
  static final int MAX_SIZE = 1 << 28;

  final Path path;
  final int channels;
  final int height;
  final int width;

  /** Channel after channel, row after row. */
  final byte[] bytes;

  /** What its owner may want to know. */
  final Set<ImageNote> notes = EnumSet.noneOf(ImageNote.class);

  /**
   * Packs a decoded image.
   *
   * @param image as it lies in the file
   * @param facts what the file says of it
   */
  ImageFile(Path path, BufferedImage image, ImageFacts facts) {
    ImageBytes pixels = new ImageBytes(image);
    Orientation orientation = facts.orientation();
    this.path = path;
    this.channels = pixels.gray ? 1 : 3;
    this.bytes = orientation.upright(pixels.bytes, image.getHeight(), image.getWidth());
    this.height = orientation.swapsSides() ? image.getWidth() : image.getHeight();
    this.width = orientation.swapsSides() ? image.getHeight() : image.getWidth();
    notes.addAll(pixels.notes());
    if (!orientation.isUpright()) {
      notes.add(ImageNote.TURNED);
    }
    if (facts.hasMore()) {
      notes.add(ImageNote.FIRST);
    }
  }

  private ImageFile(ImageFile other, byte[] bytes, PixelSize size) {
    this.path = other.path;
    this.channels = other.channels;
    this.bytes = bytes;
    this.height = size.height();
    this.width = size.width();
    notes.addAll(other.notes);
  }

  /** Returns the same image with other pixels. */
  ImageFile with(byte[] newBytes, PixelSize size) {
    return new ImageFile(this, newBytes, size);
  }

  /** Returns the size of the image. */
  PixelSize size() {
    return new PixelSize(width, height);
  }

  /**
   * Reads a file.
   *
   * @throws io.github.jvae.error.VaeException if it cannot be read, is no image, or is enormous
   */
  static ImageFile read(Path file) {
    FileChecks.requireFile(file);
    return decode(file, content(file));
  }

  /**
   * Decodes what a file holds.
   *
   * @throws io.github.jvae.error.VaeException if it is no image, damaged or enormous
   */
  static ImageFile decode(Path file, byte[] content) {
    ImageFormat format = ImageFormat.of(content)
        .orElseThrow(() -> FileFault.of(
            file,
            "is not a " + ImageFormat.titles() + " image, whatever its name",
            "replace or remove it"));
    return new ImageDecoder(file, format, content).decode();
  }

  private static byte[] content(Path file) {
    long size = FileChecks.size(file);
    if (size > MAX_SIZE) {
      throw FileFault.of(
          file,
          "has " + size + " bytes, beyond the limit of " + MAX_SIZE + " for an image",
          "scale it down, or save it as a PNG");
    }
    FileChecks.requireHeap(file, size);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }
}
