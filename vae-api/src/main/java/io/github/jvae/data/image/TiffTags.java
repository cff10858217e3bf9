package io.github.jvae.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The whole numbers in the first directory of TIFF data: of a TIFF file, or of the EXIF data in
 * another one. What cannot be made out is left out, as viewers do.
 */
final class TiffTags {
  static final int BITS_PER_SAMPLE = 258;
  static final int PHOTOMETRIC = 262;
  static final int ORIENTATION = 274;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int SAMPLE_FORMAT = 339;

  private static final int HEADER = 8;
  private static final int ENTRY = 12;
  /** The bytes of a number of each type, from 1 on. */
  private static final int[] SIZES = {1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  /** More of one tag are not asked for. */
  private static final int MOST_VALUES = 8;

  private final ByteBuffer data;
  private final Map<Integer, int[]> values = new HashMap<>();
  private boolean followed;
  private boolean whole;

  /** @param bytes begins with the byte order */
  TiffTags(ByteBuffer bytes) {
    this.data = bytes.slice();
    if (data.limit() >= HEADER) {
      data.order(data.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      readDirectory(Integer.toUnsignedLong(data.getInt(4)));
    }
  }

  /** How the image lies. */
  Orientation orientation() {
    return Orientation.of(first(ORIENTATION, 1));
  }

  /** The first number of a tag. */
  int first(int tag, int otherwise) {
    int[] found = all(tag);
    return found.length == 0 ? otherwise : found[0];
  }

  /** The numbers of a tag, at most eight of them; none if it is not there. */
  int[] all(int tag) {
    return values.getOrDefault(tag, new int[0]);
  }

  /** Whether there is a second directory: of another page, or a thumbnail. */
  boolean isFollowed() {
    return followed;
  }

  /** Whether the directory and all that it points to lie within the data. */
  boolean isWhole() {
    return whole;
  }

  private void readDirectory(long start) {
    if (!holds(start, 2)) {
      return;
    }
    whole = true;
    int count = data.getShort((int) start) & 0xFFFF;
    long position = start + 2;
    for (int i = 0; i < count && holds(position, ENTRY); i++) {
      readEntry((int) position);
      position += ENTRY;
    }
    whole &= holds(position, 4);
    followed = whole && data.getInt((int) position) != 0;
  }

  private void readEntry(int position) {
    int type = data.getShort(position + 2) & 0xFFFF;
    int size = type < 1 || type > SIZES.length ? 0 : SIZES[type - 1];
    long count = Integer.toUnsignedLong(data.getInt(position + 4));
    long at = count * size <= 4 ? position + 8 : Integer.toUnsignedLong(data.getInt(position + 8));
    if (!holds(at, count * size)) {
      whole = false;
    } else if (type == BYTE || type == SHORT || type == LONG) {
      int[] numbers = new int[(int) Math.min(MOST_VALUES, count)];
      Arrays.setAll(numbers, i -> number((int) at + i * size, size));
      values.putIfAbsent(data.getShort(position) & 0xFFFF, numbers);
    }
  }

  private int number(int position, int size) {
    return switch (size) {
      case 1 -> data.get(position) & 0xFF;
      case 2 -> data.getShort(position) & 0xFFFF;
      default -> data.getInt(position);
    };
  }

  private boolean holds(long position, long length) {
    return position >= 0 && position + length <= data.limit();
  }
}
