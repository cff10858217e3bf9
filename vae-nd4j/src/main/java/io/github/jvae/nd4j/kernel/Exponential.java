package io.github.jvae.nd4j.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Exponentials and what is made of them, to single precision, in loops that the JVM turns into
 * vector instructions: {@link Math#exp} takes ten times as long.
 *
 * <p>The exponent of two is put in place as an integer. Java 17 does not vectorise a cast, so the
 * bits pass through memory, which costs little in the nearest cache.
 */
public final class Exponential {
  private static final float LOG2_E = (float) (1 / Math.log(2));
  /** Adding it rounds to a whole number, which is left in the lowest bits. */
  private static final float ROUNDING = 1.5f * (1 << 23);
  /** The logarithm of 2 in two parts, of which the first is exact when multiplied. */
  private static final float LN2_HIGH = 355 / 512f;

  private static final float LN2_LOW = (float) (Math.log(2) - 355 / 512.0);
  /** Where e^x leaves the range of full precision. */
  private static final float LEAST = -87.34f;

  private static final int ONE = Float.floatToRawIntBits(1f);

  private final float[] rounded = new float[Tiles.SIZE];
  private final int[] bits = new int[Tiles.SIZE];
  private final FloatBuffer asFloats;
  private final IntBuffer asBits;

  Exponential() {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Tiles.SIZE * Float.BYTES).order(ByteOrder.nativeOrder());
    asFloats = bytes.asFloatBuffer();
    asBits = bytes.asIntBuffer();
  }

  /** Computes {@code e^-|x|}, in which nothing overflows. */
  public void ofNegative(float[] x, float[] result, int count) {
    negativeSize(x, result, count);
    replace(result, count);
  }

  /** {@code e^x}, whatever x is. */
  void of(float[] x, float[] result, int count) {
    if (isOrdinary(x, count)) {
      System.arraycopy(x, 0, result, 0, count);
      replace(result, count);
    } else {
      for (int i = 0; i < count; i++) {
        result[i] = (float) Math.exp(x[i]);
      }
    }
  }

  /** {@code e^-|x| - 1}, which keeps its digits near 0. */
  void ofNegativeMinusOne(float[] x, float[] result, int count) {
    negativeSize(x, result, count);
    replaceMinusOne(result, count);
  }

  /** {@code e^min(x, 0) - 1}, which keeps its digits near 0. */
  void ofNegativePartMinusOne(float[] x, float[] result, int count) {
    negativePart(x, result, count);
    replaceMinusOne(result, count);
  }

  /** Whether no exponential leaves the range of full precision. */
  private static boolean isOrdinary(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      // Not so if it is not a number.
      if (!(Math.abs(x[i]) < -LEAST)) {
        return false;
      }
    }
    return true;
  }

  /** Numbers by their exponentials. */
  private void replace(float[] result, int count) {
    split(result, count);
    scale(result, rounded, count);
  }

  /** Numbers by their exponentials less 1. */
  private void replaceMinusOne(float[] result, int count) {
    split(result, count);
    scaleMinusOne(result, rounded, count);
  }

  /** Numbers x by {@code e^r - 1}, where {@code e^x = 2^n e^r} and 2^n is what was rounded. */
  private void split(float[] result, int count) {
    round(result, rounded, count);
    asFloats.put(0, rounded, 0, count);
    asBits.get(0, bits, 0, count);
    scales(bits, count);
    polynomial(result, rounded, count);
    asBits.put(0, bits, 0, count);
    asFloats.get(0, rounded, 0, count);
  }

  private static void negativeSize(float[] x, float[] result, int count) {
    for (int i = 0; i < count; i++) {
      result[i] = Math.max(-Math.abs(x[i]), LEAST);
    }
  }

  private static void negativePart(float[] x, float[] result, int count) {
    for (int i = 0; i < count; i++) {
      result[i] = Math.max(Math.min(x[i], 0f), LEAST);
    }
  }

  private static void round(float[] x, float[] rounded, int count) {
    for (int i = 0; i < count; i++) {
      rounded[i] = x[i] * LOG2_E + ROUNDING;
    }
  }

  private static void scales(int[] bits, int count) {
    for (int i = 0; i < count; i++) {
      bits[i] = (bits[i] << 23) + ONE;
    }
  }

  /**
   * {@code e^r - 1} for what is left of x, at most half the logarithm of 2, by its Taylor series.
   */
  private static void polynomial(float[] x, float[] rounded, int count) {
    for (int i = 0; i < count; i++) {
      float n = rounded[i] - ROUNDING;
      float r = (x[i] - n * LN2_HIGH) - n * LN2_LOW;
      float high = ((r * (1 / 5040f) + 1 / 720f) * r + 1 / 120f) * r + 1 / 24f;
      x[i] = ((high * r + 1 / 6f) * r + 0.5f) * (r * r) + r;
    }
  }

  /** {@code 2^n ((e^r - 1) + 1)}. */
  private static void scale(float[] x, float[] scales, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = (x[i] + 1) * scales[i];
    }
  }

  /** {@code 2^n (e^r - 1) + (2^n - 1)}, of which the latter is exact. */
  private static void scaleMinusOne(float[] x, float[] scales, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = x[i] * scales[i] + (scales[i] - 1);
    }
  }

  /** Computes {@code max(x, 0) + log(1 + e)} for {@code e = e^-|x|}. */
  public static void softplus(float[] x, float[] e, float[] result, int count) {
    for (int i = 0; i < count; i++) {
      float s = e[i] / (2 + e[i]);
      float q = s * s;
      float high = ((q * (1 / 15f) + 1 / 13f) * q + 1 / 11f) * q + 1 / 9f;
      float series = (((high * q + 1 / 7f) * q + 1 / 5f) * q + 1 / 3f) * q;
      result[i] = Math.max(x[i], 0f) + 2 * (s + s * series);
    }
  }

  /** Computes {@code 1 / (1 + e^-x)} for {@code e = e^-|x|}, without a branch. */
  public static void sigmoid(float[] x, float[] e, float[] result, int count) {
    for (int i = 0; i < count; i++) {
      // 1 from 0 on, else 0; a multiplication by a huge number makes it sharp.
      float positive = Math.min(Math.max(x[i] * Float.MAX_VALUE, 0f), 1f);
      float ratio = e[i] / (1 + e[i]);
      result[i] = ratio + positive * (1 - 2 * ratio);
    }
  }

  /** {@code tanh x} for {@code t = e^(-2|x|) - 1}. */
  static void tanh(float[] x, float[] t, float[] result, int count) {
    for (int i = 0; i < count; i++) {
      // 1 above 0 and -1 below; a multiplication by a huge number makes it sharp.
      float sign = Math.min(Math.max(x[i] * Float.MAX_VALUE, -1f), 1f);
      result[i] = sign * -t[i] / (2 + t[i]);
    }
  }
}
