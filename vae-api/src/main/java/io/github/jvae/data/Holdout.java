package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * Which examples a training keeps for validation: the best epoch and early stopping are chosen by
 * them, and no step ever sees them.
 *
 * <p>They are picked by the seed, but of examples that share data with those after them
 * ({@link Examples#overlap}) they are the last ones, and those before that share data with them are
 * left out of both parts.
 */
public sealed interface Holdout {
  /**
   * Returns a data set with a validation part as this says.
   *
   * @param data is not changed
   * @param seed of the choice, where there is one
   * @throws VaeException if nothing would be left of the training or the validation part
   */
  DataParts apply(DataParts data, long seed);

  /** Returns this as {@link #parse} reads it. */
  @Override
  String toString();

  /** The data set's own validation part if it has one, else a tenth of its training part. */
  record Standard() implements Holdout {
    private static final String NAME = "default";
    private static final int EVERY = 10;

    @Override
    public DataParts apply(DataParts data, long seed) {
      int size = data.train().size();
      // One example cannot be shared out, and was always enough to try a training with.
      return data.validation().isPresent() || size < 2
          ? data
          : holdOut(data, Math.max(1, size / EVERY), this, seed);
    }

    @Override
    public String toString() {
      return NAME;
    }
  }

  /** No validation part: the choice is by the test part, which flatters what it chooses. */
  record None() implements Holdout {
    @Override
    public DataParts apply(DataParts data, long seed) {
      return data.withValidation(data.train(), null);
    }

    @Override
    public String toString() {
      return "0";
    }
  }

  /**
   * So many examples of the training part, in place of the data set's own validation part.
   *
   * @param examples at least 1
   */
  record Count(int examples) implements Holdout {
    @Override
    public DataParts apply(DataParts data, long seed) {
      return holdOut(data, examples, this, seed);
    }

    @Override
    public String toString() {
      return Integer.toString(examples);
    }
  }

  /**
   * A fraction of the training part, in place of the data set's own validation part.
   *
   * @param of the training part, above 0 and below 1
   */
  record Fraction(double of) implements Holdout {
    @Override
    public DataParts apply(DataParts data, long seed) {
      return holdOut(data, (int) Math.round(of * data.train().size()), this, seed);
    }

    @Override
    public String toString() {
      return Double.toString(of);
    }
  }

  /** Returns what is done where nothing is said. */
  static Holdout standard() {
    return new Standard();
  }

  /** Returns what keeps no validation part. */
  static Holdout none() {
    return new None();
  }

  /**
   * Reads what to hold out: {@code default}, {@code 0} for nothing, a whole number of examples, or
   * a fraction such as {@code 0.1}.
   *
   * @param name what is read, for the message
   * @throws VaeException if it is none of these
   */
  static Holdout parse(String name, String text) {
    if (text.equals(Standard.NAME)) {
      return standard();
    }
    if (text.matches("\\d{1,9}")) {
      int count = Integer.parseInt(text);
      return count == 0 ? none() : new Count(count);
    }
    double fraction = text.matches("\\d*\\.\\d+([eE]-?\\d{1,3})?") ? Double.parseDouble(text) : 0;
    if (fraction > 0 && fraction < 1) {
      return new Fraction(fraction);
    }
    throw new DataException(name + " must be a number of examples, a fraction between 0 and 1 such"
        + " as 0.1, or 0 for none, not " + Quote.of(text));
  }

  /** Moves examples that the seed picks; both parts keep the order of the data set. */
  private static DataParts holdOut(DataParts data, int count, Holdout how, long seed) {
    Examples train = data.train();
    int overlap = train.overlap();
    if (count < 1 || count >= train.size() - overlap) {
      throw new DataException(String.format(
          Locale.ROOT,
          "%s held out of the %d training examples of data set %s%s would leave no %s part; choose"
              + " another number with --validation, or 0 for none",
          how,
          train.size(),
          Quote.of(data.name()),
          overlap == 0 ? "" : ", each of which shares data with " + overlap + " after it,",
          count < 1 ? Part.VALIDATION : "training"));
    }
    if (overlap > 0) {
      int end = train.size() - count;
      return data.withValidation(train.slice(0, end - overlap), train.slice(end, train.size()));
    }
    if (FileChecks.exceedsHeap(2L * Integer.BYTES * train.size())) {
      throw new DataException(String.format(
          Locale.ROOT,
          "data set %s has %d examples, too many to choose a validation part from in a Java heap of"
              + " %s; raise it with -Xmx, or give --validation 0",
          Quote.of(data.name()),
          train.size(),
          FileChecks.heap()));
    }
    int[] order = RandomStream.of(seed).child("validation").permutation(train.size());
    Arrays.sort(order, 0, count);
    Arrays.sort(order, count, order.length);
    return data.withValidation(
        train.subset(Arrays.copyOfRange(order, count, order.length)),
        train.subset(Arrays.copyOf(order, count)));
  }
}
