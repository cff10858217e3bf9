package io.github.jvae.data;

import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import io.github.jvae.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;

/** Whether, and how, gray values become black or white before a model sees them. */
public enum Binarization {
  /** Pixels stay as they are, from 0 to 1. */
  NONE,

  /** A pixel of at least 0.5 becomes 1, others 0. */
  THRESHOLD,

  /**
   * A pixel becomes 1 with a probability of its value, as if it were a coin; other coins in every
   * epoch (Salakhutdinov and Murray, "On the quantitative analysis of deep belief networks", 2008).
   */
  STOCHASTIC,

  /**
   * A pixel becomes 1 with a probability of its value, once and for all: the coins follow from the
   * image alone, so that it is the same in every epoch, for every seed, and wherever it stands in
   * whichever part of a data set (Larochelle and Murray, "The neural autoregressive distribution
   * estimator", 2011, whose own coins are a file of theirs).
   */
  FIXED;

  /** The one seed of the fixed coins. */
  private static final RandomStream FIXED_COINS = RandomStream.of(1).child("binarize once");

  /** The probability of each byte in units of 2^-16; within 2^-17 of a 255th, 0 and 1 exact. */
  private static final int[] PROBABILITY = probabilities();

  private static final int COINS_PER_LONG = 4;

  /**
   * The binarization of a name: {@code none}, {@code threshold}, {@code stochastic} or
   * {@code fixed}.
   *
   * @throws VaeException if there is none of that name
   */
  public static Binarization of(String name) {
    return Arrays.stream(values())
        .filter(value -> value.toString().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new VaeException("there is no binarization " + Quote.of(name)
            + "; choose one of " + Arrays.toString(values())));
  }

  /** The coins of an epoch of training: others for every epoch and seed. */
  public static RandomStream trainingStream(long seed, long epoch) {
    return RandomStream.of(seed).child("binarize").child(epoch);
  }

  /** The coins for testing: always the same for a seed, so that test results compare. */
  public static RandomStream testStream(long seed) {
    return RandomStream.of(seed).child("binarize test").child(0);
  }

  /**
   * Reads one image, scaled to [0, 1], and binarizes it. Stochastic coins of an image depend on the
   * stream and its index in the data set alone, not on the batch it is in.
   *
   * @param data where the image is
   * @param index which image
   * @param coins the stream of an epoch, as of {@link #trainingStream} or {@link #testStream}; only
   *     its children are used, so it stays as it is
   * @param target receives channels × height × width numbers
   * @param offset where in the target the image begins
   */
  public void read(Dataset data, int index, RandomStream coins, float[] target, int offset) {
    switch (this) {
      case NONE -> data.read(index, target, offset);
      case THRESHOLD -> readThreshold(data, index, target, offset);
      case STOCHASTIC -> toss(bytes(data, index), coins.child(index), target, offset);
      case FIXED -> {
        byte[] image = bytes(data, index);
        toss(image, FIXED_COINS.child(hash(image)), target, offset);
      }
    }
  }

  private static void readThreshold(Dataset data, int index, float[] target, int offset) {
    byte[] image = bytes(data, index);
    for (int i = 0; i < image.length; i++) {
      target[offset + i] = (image[i] & 0xFF) >= 128 ? 1 : 0;
    }
  }

  private static byte[] bytes(Dataset data, int index) {
    byte[] image = new byte[data.imageShape().size()];
    data.readBytes(index, image, 0);
    return image;
  }

  /** FNV-1a of 64 bits. */
  private static long hash(byte[] image) {
    long hash = 0xCBF29CE484222325L;
    for (byte value : image) {
      hash = (hash ^ (value & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }

  private static void toss(byte[] image, RandomStream coins, float[] target, int offset) {
    long bits = 0;
    for (int i = 0; i < image.length; i++) {
      // 16 bits are enough for a coin, and generating random bits is what takes the time.
      bits = i % COINS_PER_LONG == 0 ? coins.nextLong() : bits >>> 16;
      target[offset + i] = (bits & 0xFFFF) < PROBABILITY[image[i] & 0xFF] ? 1 : 0;
    }
  }

  private static int[] probabilities() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = (i * 65536 + 127) / 255;
    }
    return table;
  }

  /** The name, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
