package io.github.jvae.data;

import io.github.jvae.column.Columns;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Examples of one shape, in a fixed order: images, rows of a table, series, volumes. Read by index,
 * so that they may be held in memory, mapped from a file or computed.
 *
 * <p>Beside each example there may be conditions (such as its label), a mask of what was observed,
 * and known factors. Implementations do not change and are safe for use by several threads.
 */
public interface Examples {
  /**
   * Returns examples of measured numbers, each a vector.
   *
   * @param name what people call the data set
   * @param rows one for each example, of one length; not copied
   * @throws VaeException if there is none, their lengths differ or a number is not finite
   */
  static ArrayExamples of(String name, float[][] rows) {
    return of(name, Arrays.asList(rows));
  }

  /**
   * Returns examples of measured numbers, each a vector.
   *
   * @param name what people call the data set
   * @param rows one for each example, of one length; their numbers are not copied
   * @throws VaeException if there is none, their lengths differ or a number is not finite
   */
  static ArrayExamples of(String name, List<float[]> rows) {
    RowNumbers numbers = RowNumbers.of(name, rows);
    return ArrayExamples.of(name, Shape.of(numbers.each()), ElementKind.FLOATS, numbers);
  }

  /**
   * Returns examples of measured numbers, each a vector, that are taken out of a stream and kept.
   *
   * @param name what people call the data set
   * @param rows one for each example, of one length
   * @param count how many examples the stream has
   * @throws VaeException if it has another number, their lengths differ or a number is not finite
   */
  static ArrayExamples of(String name, Stream<float[]> rows, int count) {
    List<float[]> kept = rows.limit(count + 1L).toList();
    if (kept.size() != count) {
      throw new DataException("data set " + Quote.of(name) + ": the stream has "
          + (kept.size() > count ? "more" : Integer.toString(kept.size())) + " examples, not "
          + count);
    }
    return of(name, kept);
  }

  /**
   * Returns examples of a source that gives one after the other and need not fit into memory: a
   * query, a decoder, files in turn. Each pass over the examples, such as an epoch, opens it anew
   * and must be given the same examples in the same order; several passes may be open at a time.
   *
   * <p>They are shuffled in a buffer, whose order follows from the seed as any other does: an
   * example comes at most as much earlier as the buffer has places. A number that is not of the
   * kind is told when it is read.
   *
   * @param name what people call the data set
   * @param shape of one example
   * @param elements what the numbers are
   * @param count how many examples there are
   * @param shuffleBuffer how many examples are kept in memory to be shuffled
   * @param source gives each example row-major; what an iterator holds open it lets go of at its
   *     end
   * @throws VaeException if there is no example, or no place in the buffer
   */
  static ArrayExamples streamed(
      String name,
      Shape shape,
      ElementKind elements,
      int count,
      int shuffleBuffer,
      Iterable<float[]> source) {
    return ArrayExamples.of(
        name,
        shape,
        elements,
        new StreamedNumbers(name, shape.size(), elements, count, shuffleBuffer, source));
  }

  /** Returns what people call the data set. */
  String name();

  /** Returns the number of examples, at least 1. */
  int size();

  /** Returns the shape of one example, of any rank. */
  Shape shape();

  /** Returns what the numbers of an example are. */
  ElementKind elements();

  /**
   * Reads one example, row-major. Where the mask says that a number was not observed, it is 0.
   *
   * @param index which example, from 0
   * @param target receives as many numbers as the shape has
   * @param offset where in the target the example begins
   */
  void read(int index, float[] target, int offset);

  /** Returns what reads examples in one pass; the fastest way to those that come one by one. */
  default ExampleReader reader() {
    return this::read;
  }

  /**
   * Returns how many examples are kept in memory to be shuffled, where they come one after the
   * other and not in any order that is asked for; empty where any is read at any time, so that all
   * are shuffled together.
   */
  default OptionalInt shuffleBuffer() {
    return OptionalInt.empty();
  }

  /**
   * Returns how many of the examples after each may share data with it, as windows over a series
   * do; 0 where each has its own. What is held out of such examples is taken from their end, with
   * as many left out before it, and never at random.
   */
  default int overlap() {
    return 0;
  }

  /** Returns what each element of an example is, where each has a name; empty otherwise. */
  default Optional<Columns> columns() {
    return Optional.empty();
  }

  /** Returns what is known beside each example, for models that ask for it by name. */
  default List<Condition> conditions() {
    return List.of();
  }

  /**
   * Returns a condition, or the mask by its name.
   *
   * @throws VaeException if there is none of this name; the message lists those there are
   */
  default Condition condition(String name) {
    return KnownConditions.require(this, name);
  }

  /** Returns which numbers were observed; empty if all were. */
  default Optional<Mask> mask() {
    return Optional.empty();
  }

  /** Returns what is known of how each example came about, in the order of the examples. */
  default Optional<Factors> factors() {
    return Optional.empty();
  }

  /**
   * Returns the fingerprint of the examples, for provenance: SHA-256 in hexadecimal. The default
   * one reads all examples at each call; it is that of the ASCII line {@code "[shape] x N kind\n"},
   * of each example's numbers as big-endian single precision, and of its mask.
   */
  default String sha256() {
    return Fingerprint.of(this);
  }

  /** Returns a view of some examples. */
  default Examples select(Selection selection) {
    return new SelectedExamples(this, selection);
  }

  /** Returns the condition named {@value Labels#NAME}, if there is one that counts classes. */
  default Optional<Labels> labels() {
    return conditions().stream()
        .filter(condition -> condition.name().equals(Labels.NAME))
        .filter(Labels.class::isInstance)
        .map(Labels.class::cast)
        .findFirst();
  }

  /**
   * Returns some examples as a tensor, [indices, shape of one].
   *
   * @param indices which examples, at least one
   */
  default HostTensor tensor(int... indices) {
    HostTensor result = HostTensor.zeros(shape().prepend(indices.length));
    for (int i = 0; i < indices.length; i++) {
      read(indices[i], result.data(), i * shape().size());
    }
    return result;
  }

  /**
   * Returns a view of the first examples.
   *
   * @param count at least 1; more than there are means all
   * @throws VaeException if the count is below 1
   */
  default Examples limit(int count) {
    if (count < 1) {
      throw new DataException(
          "data set '" + name() + "' cannot be limited to " + count + " examples; keep at least 1");
    }
    return count >= size() ? this : slice(0, count);
  }

  /**
   * Returns a view of examples {@code begin} (included) to {@code end} (not included).
   *
   * @throws VaeException if there are no such examples, or none
   */
  default Examples slice(int begin, int end) {
    if (begin < 0 || end > size() || begin >= end) {
      throw new DataException(String.format(
          Locale.ROOT,
          "examples %d to %d do not exist in data set '%s' of %d",
          begin,
          end,
          name(),
          size()));
    }
    return select(new Selection.Slice(begin, end - begin));
  }

  /**
   * Returns a view of some examples, in the order given; one may come twice.
   *
   * @throws VaeException if an example does not exist, or none is named
   */
  default Examples subset(int... indices) {
    if (indices.length == 0) {
      throw new DataException("a subset of data set '" + name() + "' needs at least one example");
    }
    for (int index : indices) {
      if (index < 0 || index >= size()) {
        throw new DataException(
            "data set '" + name() + "' has no example " + index + "; it has " + size());
      }
    }
    return select(Selection.of(indices));
  }

  /**
   * Checks that a model can take these examples, before anything is computed.
   *
   * @param wanted the shape that it takes
   * @param conditions the shape of each condition that it asks for, by name; {@link Mask#NAME} is
   *     the mask
   * @throws VaeException if the shape is another, a condition is not there or of another shape, or
   *     the mask would be passed over
   */
  default void requireFor(Shape wanted, Map<String, Shape> conditions) {
    if (!shape().equals(wanted)) {
      throw new DataException("data set " + Quote.of(name()) + " has examples of " + shape()
          + ", but the model takes " + wanted);
    }
    if (mask().isPresent() && !conditions.containsKey(Mask.NAME)) {
      throw new DataException("data set " + Quote.of(name())
          + " has numbers that were not observed, but the model asks for no mask and would take"
          + " them for 0; choose a model that does, or fill them in");
    }
    conditions.forEach((name, shape) -> {
      Shape there = KnownConditions.require(this, name).shape();
      if (!there.equals(shape)) {
        throw new DataException("condition " + Quote.of(name) + " of data set " + Quote.of(name())
            + " has shape " + there + ", but the model takes " + shape);
      }
    });
  }
}
