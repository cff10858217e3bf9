package io.github.jvae.data.image;

import io.github.jvae.data.internal.Signature;
import io.github.jvae.internal.file.FileFault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The chunks of a RIFF file, as WebP is one. */
final class RiffChunks {
  private static final int HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final String EXIF_SIGNATURE = "Exif\0\0";

  private RiffChunks() {}

  /**
   * Finds what they say of the image.
   *
   * @throws io.github.jvae.error.VaeException if the file is shorter than it says
   */
  static ImageFacts facts(Path file, byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long claimed = CHUNK_HEADER + Integer.toUnsignedLong(bytes.getInt(4));
    if (claimed > content.length) {
      throw FileFault.damaged(
          file, "is cut short: it claims " + claimed + " bytes, but has " + content.length);
    }
    Orientation orientation = Orientation.UPRIGHT;
    int frames = 0;
    long position = HEADER;
    while (position + CHUNK_HEADER <= claimed) {
      int start = (int) position;
      String type = new String(content, start, 4, StandardCharsets.ISO_8859_1);
      long length = Integer.toUnsignedLong(bytes.getInt(start + 4));
      position += CHUNK_HEADER + length + length % 2;
      frames += type.equals("ANMF") ? 1 : 0;
      if (type.equals("EXIF") && position <= claimed) {
        orientation = orientation(content, start + CHUNK_HEADER, (int) length);
      }
    }
    return new ImageFacts(orientation, frames > 1);
  }

  /** Some writers put before the data what begins them in JPEG files. */
  private static Orientation orientation(byte[] content, int begin, int length) {
    int skipped = Signature.matches(EXIF_SIGNATURE, content, begin) ? EXIF_SIGNATURE.length() : 0;
    return length < skipped
        ? Orientation.UPRIGHT
        : new TiffTags(ByteBuffer.wrap(content, begin + skipped, length - skipped)).orientation();
  }
}
