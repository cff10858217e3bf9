package io.github.jvae.data;

import io.github.jvae.error.FileFault;
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

  private ImageFile(Path path, ImageBytes pixels, int height, int width, Orientation orientation) {
    this.path = path;
    this.channels = pixels.gray ? 1 : 3;
    this.bytes = orientation.upright(pixels.bytes, height, width);
    this.height = orientation.swapsSides() ? width : height;
    this.width = orientation.swapsSides() ? height : width;
    notes.addAll(pixels.notes());
    if (!orientation.isUpright()) {
      notes.add(ImageNote.TURNED);
    }
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
    ImageDecoder.Decoded decoded = new ImageDecoder(file, format, content).decode();
    ImageFile image = new ImageFile(
        file,
        new ImageBytes(decoded.image()),
        decoded.image().getHeight(),
        decoded.image().getWidth(),
        decoded.facts().orientation());
    if (decoded.facts().hasMore()) {
      image.notes.add(ImageNote.FIRST);
    }
    return image;
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
