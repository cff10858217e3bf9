package io.github.jvae.data;

import io.github.jvae.column.Columns;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Examples of one shape, in a fixed order: images, rows of a table, series, volumes. Read by index,
 * so that they may be held in memory, mapped from a file or computed.
 *
 * <p>Beside each example there may be conditions (such as its label), a mask of what was observed,
 * and known factors. Implementations do not change and are safe for use by several threads.
 */
public interface Examples {
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
