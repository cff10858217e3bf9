package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A data set as it is used: a part to train on, one to test on and, if it brings or was given one,
 * a part to validate by. All are of one shape and kind.
 *
 * @param name what people call it
 * @param train the examples to train on
 * @param validation the examples to choose the best epoch by; empty where there are none
 * @param test the examples to test on
 * @param origin where it was read from, for people to read
 * @param notes what its owner may want to know of how it was read, a line each: what was rounded,
 *     turned, left out or passed over
 * @param reading how it was read from a path; empty where it has a name, or nothing could be said
 * @param all the examples in their own order, if they came as one and the parts were made here
 */
public record DataParts(
    String name,
    Examples train,
    Optional<Examples> validation,
    Examples test,
    String origin,
    List<String> notes,
    Optional<DataReading> reading,
    Optional<Examples> all) {
  /** Of how many examples one is set aside for testing, where the data bring no test part. */
  public static final int TEST_EVERY = 10;

  /**
   * Checks that the parts fit together.
   *
   * @throws VaeException if the examples of two parts differ in shape or kind
   */
  public DataParts {
    requireLike(name, origin, train, test, Part.TEST);
    String called = name;
    String from = origin;
    Examples first = train;
    validation.ifPresent(part -> requireLike(called, from, first, part, Part.VALIDATION));
    notes = List.copyOf(notes);
  }

  private static void requireLike(
      String name, String origin, Examples train, Examples other, Part part) {
    if (!train.shape().equals(other.shape()) || train.elements() != other.elements()) {
      throw new DataException(String.format(
          Locale.ROOT,
          "data set '%s' (%s): training examples are %s of %s but %s examples are %s of %s; they"
              + " must agree",
          name,
          Quote.path(origin),
          train.elements(),
          train.shape(),
          part,
          other.elements(),
          other.shape()));
    }
  }

  /** Describes a data set of whose reading nothing could be said. */
  public DataParts(
      String name,
      Examples train,
      Optional<Examples> validation,
      Examples test,
      String origin,
      List<String> notes) {
    this(name, train, validation, test, origin, notes, Optional.empty(), Optional.empty());
  }

  /** Describes a data set without a validation part, of which nothing is to be noted. */
  public DataParts(String name, Examples train, Examples test, String origin) {
    this(name, train, Optional.empty(), test, origin, List.of());
  }

  /** Returns this data set with other notes. */
  public DataParts withNotes(List<String> newNotes) {
    return new DataParts(name, train, validation, test, origin, newNotes, reading, all);
  }

  /** Returns this data set with how it was read. */
  public DataParts withReading(DataReading how) {
    return new DataParts(name, train, validation, test, origin, notes, Optional.of(how), all);
  }

  /** Returns this data set with the whole that its parts were made of. */
  public DataParts withAll(Examples whole) {
    return new DataParts(name, train, validation, test, origin, notes, reading, Optional.of(whole));
  }

  /**
   * Returns this data set with other examples to train on and to validate by.
   *
   * @param newValidation null for none
   */
  public DataParts withValidation(Examples newTrain, @Nullable Examples newValidation) {
    return new DataParts(
        name, newTrain, Optional.ofNullable(newValidation), test, origin, notes, reading, all);
  }

  /**
   * Sets every 10th example aside for testing: those numbered 9, 19, 29 …, or the last one where
   * there are fewer than 10. Of examples that share data with those after them it is the last
   * tenth, and those before that share data with it are left out ({@link Examples#overlap}).
   * Nothing random: the same examples make the same split.
   *
   * @throws VaeException if nothing would be left to train on
   */
  public static DataParts split(Examples all, String origin) {
    int size = all.size();
    if (size < 2) {
      throw new DataException("data set '" + all.name() + "' (" + Quote.path(origin)
          + ") has one example; give at least 2");
    }
    int every = Math.min(size, TEST_EVERY);
    if (all.overlap() > 0) {
      int first = size - Math.max(1, size / every);
      if (first <= all.overlap()) {
        throw new DataException("data set '" + all.name() + "' (" + Quote.path(origin) + ") has "
            + size + " examples, each of which shares data with " + all.overlap()
            + " after it, too few for a part to test on; give more, or test data of their own");
      }
      return new DataParts(
              all.name(), all.slice(0, first - all.overlap()), all.slice(first, size), origin)
          .withAll(all);
    }
    return new DataParts(
            all.name(),
            all.select(new Selection.AllButEveryNth(size, every)),
            all.select(new Selection.EveryNth(size, every)),
            origin)
        .withAll(all);
  }

  /** Returns the shape of one example. */
  public Shape shape() {
    return train.shape();
  }

  /** Returns at most so many examples of each part, the first ones. */
  public DataParts limit(int most) {
    return new DataParts(
        name,
        train.limit(most),
        validation.map(part -> part.limit(most)),
        test.limit(most),
        origin,
        notes,
        reading,
        all.map(whole -> whole.limit(most)));
  }

  /**
   * Returns a part.
   *
   * @throws VaeException if it is the validation part, and there is none; or all, of data that came
   *     in parts
   */
  public Examples part(Part part) {
    return switch (part) {
      case TRAIN -> train;
      case VALIDATION ->
        validation.orElseThrow(
            () -> new DataException("data set " + Quote.of(name) + " has no validation part"));
      case TEST -> test;
      case ALL ->
        all.orElseThrow(() -> new DataException(
            "data set " + Quote.of(name) + " comes in parts; choose one of them with --split"));
    };
  }
}
