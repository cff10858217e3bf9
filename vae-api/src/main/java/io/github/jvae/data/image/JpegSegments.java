package io.github.jvae.data.image;

import io.github.jvae.data.internal.Signature;
import io.github.jvae.internal.file.FileFault;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The segments of a JPEG file. */
final class JpegSegments {
  /**
   * More scans are refused: each may be a few bytes that take a pass over all pixels. Progressive
   * files have about ten.
   */
  static final int MAX_SCANS = 100;

  private static final int EXIF = 0xE1;
  private static final int SCAN = 0xDA;
  private static final int END = 0xD9;
  private static final String EXIF_SIGNATURE = "Exif\0?";

  private final byte[] content;
  private Orientation orientation = Orientation.UPRIGHT;
  private boolean hasExif;
  private int scans;

  private JpegSegments(byte[] content) {
    this.content = content;
  }

  /**
   * Finds what they say of the image.
   *
   * @throws io.github.jvae.error.VaeException if the file has no end, or too many scans
   */
  static ImageFacts facts(Path file, byte[] content) {
    JpegSegments segments = new JpegSegments(content);
    if (!segments.walk()) {
      throw FileFault.damaged(file, "is cut short: a JPEG file without an end");
    }
    if (segments.scans > MAX_SCANS) {
      throw FileFault.of(
          file,
          "has " + segments.scans + " scans, beyond the limit of " + MAX_SCANS,
          "save it as an RGB PNG");
    }
    return new ImageFacts(segments.orientation, false);
  }

  /** Whether the walk comes to the end of the image. */
  private boolean walk() {
    int position = 2;
    while (position + 2 <= content.length) {
      int marker = content[position + 1] & 0xFF;
      if (content[position] != (byte) 0xFF || marker == 0xFF || isAlone(marker)) {
        // What lies between two segments, and fillers.
        position += isAlone(marker) ? 2 : 1;
      } else if (marker == END) {
        return true;
      } else if (position + 4 > content.length) {
        return false;
      } else {
        int length = ((content[position + 2] & 0xFF) << 8) | (content[position + 3] & 0xFF);
        int next = position + 2 + Math.max(2, length);
        visit(marker, position + 4, Math.min(next, content.length));
        position = marker == SCAN ? endOfScan(next) : next;
      }
    }
    return false;
  }

  private void visit(int marker, int begin, int end) {
    scans += marker == SCAN ? 1 : 0;
    int tiff = begin + EXIF_SIGNATURE.length();
    if (marker == EXIF
        && !hasExif
        && tiff < end
        && Signature.matches(EXIF_SIGNATURE, content, begin)) {
      hasExif = true;
      orientation = new TiffTags(ByteBuffer.wrap(content, tiff, end - tiff)).orientation();
    }
  }

  /** Coded data go on until a marker that is neither a stuffed byte nor one of restarts. */
  private int endOfScan(int from) {
    int position = from;
    while (position + 1 < content.length
        && (content[position] != (byte) 0xFF || isWithinScan(content[position + 1] & 0xFF))) {
      position++;
    }
    return position;
  }

  private static boolean isWithinScan(int marker) {
    return marker == 0 || marker == 0xFF || isRestart(marker);
  }

  private static boolean isAlone(int marker) {
    return marker == 0 || marker == 1 || isRestart(marker) || marker == 0xD8;
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xD0 && marker <= 0xD7;
  }
}
