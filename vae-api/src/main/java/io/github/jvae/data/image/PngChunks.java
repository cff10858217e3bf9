package io.github.jvae.data.image;

import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file. They are checked here, as the JDK's decoder leaves the rest of an image
 * black where the data end early, and looks at no checksum.
 */
final class PngChunks {
  private static final int SIGNATURE = 8;

  /** What a chunk has before its data: length and type. */
  private static final int BEFORE = 8;

  /** What a chunk has after them: a checksum. */
  private static final int AFTER = 4;

  private PngChunks() {}

  /**
   * Checks that all chunks are there and those that matter intact.
   *
   * @throws io.github.jvae.error.VaeException if they are not
   */
  static ImageFacts facts(Path file, byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    Orientation orientation = Orientation.UPRIGHT;
    boolean animated = false;
    long position = SIGNATURE;
    for (String type = ""; !type.equals("IEND"); ) {
      if (position + BEFORE + AFTER > content.length) {
        throw FileFault.damaged(file, "is cut short: a PNG file without an end");
      }
      int start = (int) position;
      long length = Integer.toUnsignedLong(bytes.getInt(start));
      position += BEFORE + length + AFTER;
      if (position > content.length) {
        throw FileFault.damaged(file, "is cut short: a PNG file without an end");
      }
      type = new String(content, start + 4, 4, StandardCharsets.ISO_8859_1);
      ByteBuffer data = bytes.slice(start + BEFORE, (int) length);
      if (type.equals("eXIf")) {
        orientation = new TiffTags(data).orientation();
      } else if (type.equals("acTL")) {
        animated = length >= 4 && data.getInt(0) > 1;
      } else if (Character.isUpperCase(type.charAt(0))) {
        checkSum(file, content, start, (int) length, type);
      }
    }
    return new ImageFacts(orientation, animated);
  }

  private static void checkSum(Path file, byte[] content, int start, int length, String type) {
    CRC32 sum = new CRC32();
    sum.update(content, start + 4, 4 + length);
    if ((int) sum.getValue() != ByteBuffer.wrap(content).getInt(start + BEFORE + length)) {
      throw FileFault.damaged(
          file, "is damaged: a chunk " + Quote.of(type) + " does not match its checksum");
    }
  }
}
