package io.github.jvae.data.array;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileFault;
import java.nio.ByteBuffer;

/** An array of numbers that lies in a file, or was unpacked from one. */
record StoredArray(ArrayHeader header, StoredBytes bytes) {
  /** How many numbers are looked at together. */
  private static final int TOGETHER = 1 << 14;

  /** Above this, single precision has no place for every whole number. */
  static final int MOST_WHOLE = 1 << 24;

  /**
   * What an array holds.
   *
   * @param least the smallest number
   * @param most the largest one
   * @param whole whether all are whole
   */
  record Census(float least, float most, boolean whole) {
    /** Returns whether all numbers are 0 or 1. */
    boolean isBinary() {
      return whole && least >= 0 && most <= 1;
    }
  }

  /** Returns some numbers that follow each other in the file, in its byte order. */
  ByteBuffer range(long first, int count) {
    int each = header.stored().bytes();
    return bytes.range(first * each, count * each).order(header.order());
  }

  /** Returns one number, by its place in the file. */
  double value(long number) {
    return header.stored().value(range(number, 1), 0);
  }

  /**
   * Looks at the numbers, all of them unless bytes are found to be no zeros and ones: of bytes, no
   * more is asked.
   *
   * @throws VaeException if one is not finite in single precision; the message says which
   */
  Census census() {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    boolean whole = true;
    float[] numbers = new float[TOGETHER];
    long count = header.count();
    for (long first = 0; first < count; first += TOGETHER) {
      int some = (int) Math.min(TOGETHER, count - first);
      header.stored().read(range(first, some), numbers, 0, some);
      for (int i = 0; i < some; i++) {
        least = Math.min(least, numbers[i]);
        most = Math.max(most, numbers[i]);
        whole &= numbers[i] == Math.rint(numbers[i]);
      }
      // Infinite where a number is, and not a number where one is none: asked once for many.
      if (!Float.isFinite(least) || !Float.isFinite(most)) {
        throw notFinite(numbers, first, some);
      }
      if (header.type() == ElementType.UINT8 && most > 1) {
        break;
      }
    }
    return new Census(least, most, whole);
  }

  /**
   * Checks that all numbers are finite in single precision.
   *
   * @throws VaeException if one is not; the message says which
   */
  void requireFinite() {
    if (!header.type().isWhole()) {
      census();
    }
  }

  private VaeException notFinite(float[] numbers, long first, int some) {
    int at = 0;
    while (at < some - 1 && Float.isFinite(numbers[at])) {
      at++;
    }
    double stored = value(first + at);
    String what = Double.isFinite(stored) ? stored + " (beyond single precision)" : stored + "";
    return FileFault.of(
        header.place(),
        "has " + what + " at " + header.indices(first + at),
        "put a finite number there, or leave that example out");
  }
}
