package io.github.jvae.data.array;

import java.nio.ByteBuffer;
import java.util.Locale;

/** The types of numbers that arrays in files hold. */
enum ElementType {
  BOOL(1),
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  UINT64(8),
  INT64(8),
  FLOAT16(2),
  FLOAT32(4),
  FLOAT64(8);

  private static final double TWO_64 = 0x1p64;

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes that a number takes. */
  int bytes() {
    return bytes;
  }

  /** Returns whether all its numbers are whole. */
  boolean isWhole() {
    return compareTo(FLOAT16) < 0;
  }

  /**
   * Returns a number.
   *
   * @param from is in the byte order that the numbers are stored in
   * @param at where its first byte is
   */
  double value(ByteBuffer from, int at) {
    return switch (this) {
      case BOOL -> from.get(at) == 0 ? 0 : 1;
      case UINT8 -> from.get(at) & 0xFF;
      case INT8 -> from.get(at);
      case UINT16 -> from.getShort(at) & 0xFFFF;
      case INT16 -> from.getShort(at);
      case UINT32 -> from.getInt(at) & 0xFFFFFFFFL;
      case INT32 -> from.getInt(at);
      case UINT64 -> {
        long value = from.getLong(at);
        yield value < 0 ? value + TWO_64 : value;
      }
      case INT64 -> from.getLong(at);
      case FLOAT16 -> half(from.getShort(at));
      case FLOAT32 -> from.getFloat(at);
      case FLOAT64 -> from.getDouble(at);
    };
  }

  /** Reads numbers that follow each other, rounded to single precision. */
  void read(ByteBuffer from, float[] target, int offset, int count) {
    if (this == FLOAT32) {
      from.asFloatBuffer().get(target, offset, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[offset + i] = (float) value(from, i * bytes);
    }
  }

  /** The number that a half-precision float of IEEE 754 stands for. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    double size = switch (exponent) {
      case 0 -> fraction * 0x1p-24;
      case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      default -> Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
    };
    return bits < 0 ? -size : size;
  }

  /** Returns the name as NumPy has it, such as {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
