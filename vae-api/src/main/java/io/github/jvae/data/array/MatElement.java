package io.github.jvae.data.array;

import io.github.jvae.error.FileException;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What precedes each piece of a MATLAB file: what it is and how long.
 *
 * @param type of the numbers in it, or of the piece
 * @param size of its data, in bytes
 * @param small where its data are in the second half of the tag, that half; empty otherwise
 */
record MatElement(int type, long size, ByteBuffer small) {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);
  static final int SIZE = 8;
  static final int MATRIX = 14;
  static final int COMPRESSED = 15;

  private static final int HALF = 4;

  /** Reads what stands at the beginning of a stream. */
  static MatElement read(Path file, InputStream in, ByteOrder order) throws IOException {
    byte[] bytes = in.readNBytes(SIZE);
    if (bytes.length < SIZE) {
      throw cutShort(file);
    }
    ByteBuffer tag = ByteBuffer.wrap(bytes).order(order);
    int first = tag.getInt(0);
    if (first >>> 16 == 0) {
      return new MatElement(first, tag.getInt(HALF) & 0xFFFFFFFFL, NONE);
    }
    if (first >>> 16 > HALF) {
      throw FileFault.damaged(file, "is damaged: a small element of " + (first >>> 16) + " bytes");
    }
    return new MatElement(first & 0xFFFF, first >>> 16, tag.slice(HALF, first >>> 16));
  }

  /** Returns whether its data are in its tag. */
  boolean isSmall() {
    return small.limit() > 0;
  }

  /** Returns the data that are in the tag. */
  byte[] smallData() {
    byte[] data = new byte[small.limit()];
    small.get(0, data);
    return data;
  }

  /** Returns the data of an element that has no more than so many bytes. */
  byte[] data(Path file, InputStream in, int most) throws IOException {
    if (size > most) {
      throw FileFault.damaged(file, "is damaged: an element claims " + size + " bytes");
    }
    if (isSmall()) {
      return smallData();
    }
    byte[] data = in.readNBytes((int) size);
    int padding = (int) (-size & (SIZE - 1));
    if (data.length < size || in.readNBytes(padding).length < padding) {
      throw cutShort(file);
    }
    return data;
  }

  private static FileException cutShort(Path file) {
    return FileFault.damaged(file, "is cut short within an array");
  }
}
