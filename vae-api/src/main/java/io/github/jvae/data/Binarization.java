package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;

/** How grey values become black or white before a model sees them. */
public enum Binarization implements Transform {
  /** A pixel of at least 0.5 becomes 1, others 0. */
  THRESHOLD,

  /**
   * A pixel becomes 1 with a probability of its value, as if it were a coin; other coins in every
   * epoch (Salakhutdinov and Murray, "On the quantitative analysis of deep belief networks", 2008).
   * The coins of an image depend on the pass and its index alone, not on the batch it is in.
   */
  STOCHASTIC,

  /**
   * A pixel becomes 1 with a probability of its value, once and for all: the coins follow from the
   * image alone, so that it is the same in every epoch, for every seed, and wherever it stands in
   * whichever part of a data set (Larochelle and Murray, "The neural autoregressive distribution
   * estimator", 2011, whose own coins are a file of theirs).
   */
  FIXED;

  /** The type that it is saved as. */
  public static final String TYPE = "binarize";

  /** The word for leaving grey values as they are. */
  public static final String NONE = "none";

  /** The one seed of the fixed coins. */
  private static final RandomStream FIXED_COINS = RandomStream.of(1).child("binarize once");

  private static final int COINS_PER_LONG = 4;
  private static final int COIN_VALUES = 1 << 16;
  private static final int WHITE = 255;

  /**
   * Returns the transforms of a word: {@code none}, {@code threshold}, {@code stochastic} or
   * {@code fixed}.
   *
   * @throws VaeException if there is none of that name
   */
  public static Transforms of(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.equals(NONE)
        ? Transforms.none()
        : Arrays.stream(values())
            .filter(value -> value.toString().equals(lower))
            .map(Transforms::of)
            .findFirst()
            .orElseThrow(() -> new DataException("there is no binarization " + Quote.of(word)
                + "; choose one of [none, threshold, stochastic, fixed]"));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ElementKind elements(ElementKind given) {
    if (!given.isUnitInterval()) {
      throw given.refusedBy(this, "numbers from 0 to 1, as of images");
    }
    return ElementKind.BINARY;
  }

  @Override
  public Change in(Pass pass) {
    return switch (this) {
      case THRESHOLD -> (index, values, begin, end) -> threshold(values, begin, end);
      case STOCHASTIC -> {
        RandomStream coins = pass.stream(TYPE);
        yield (index, values, begin, end) -> toss(coins.child(index), values, begin, end);
      }
      case FIXED ->
        (index, values, begin, end) ->
            toss(FIXED_COINS.child(hash(values, begin, end)), values, begin, end);
    };
  }

  private static void threshold(float[] values, int begin, int end) {
    for (int i = begin; i < end; i++) {
      values[i] = values[i] >= 0.5f ? 1 : 0;
    }
  }

  /** FNV-1a of 64 bits, of the levels that the values stand for. */
  private static long hash(float[] values, int begin, int end) {
    long hash = 0xCBF29CE484222325L;
    for (int i = begin; i < end; i++) {
      hash = (hash ^ Math.round(values[i] * WHITE)) * 0x100000001B3L;
    }
    return hash;
  }

  private static void toss(RandomStream coins, float[] values, int begin, int end) {
    long bits = 0;
    for (int i = begin; i < end; i++) {
      // 16 bits are enough for a coin, and generating random bits is what takes the time.
      bits = (i - begin) % COINS_PER_LONG == 0 ? coins.nextLong() : bits >>> 16;
      int probability = (int) (values[i] * (double) COIN_VALUES + 0.5);
      values[i] = (bits & (COIN_VALUES - 1)) < probability ? 1 : 0;
    }
  }

  /** Returns how, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
