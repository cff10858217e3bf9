package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Examples of any shape: rows of a table, vectors, series, volumes; of measured numbers, counts,
 * categories or zeros and ones; in an array, a mapped file or a source that is read anew.
 * Immutable.
 */
public final class ArrayExamples implements Examples {
  /** Above this, single precision has no place for every whole number. */
  private static final int MOST = 1 << 24;

  private final String name;
  private final Shape shape;
  private final ElementKind elements;
  private final Numbers numbers;
  private final List<Condition> conditions;
  private final @Nullable Mask mask;
  private final @Nullable Factors factors;

  private ArrayExamples(
      String name,
      Shape shape,
      ElementKind elements,
      Numbers numbers,
      List<Condition> conditions,
      @Nullable Mask mask,
      @Nullable Factors factors) {
    this.name = name;
    this.shape = shape;
    this.elements = elements;
    this.numbers = numbers;
    this.conditions = conditions;
    this.mask = mask;
    this.factors = factors;
  }

  /**
   * Returns examples of measured numbers.
   *
   * @param name what people call the data set
   * @param shape of one example
   * @param values of all examples one after the other; not copied
   * @throws VaeException if they are not whole examples', or one is not finite
   */
  public static ArrayExamples floats(String name, Shape shape, float[] values) {
    return of(name, shape, ElementKind.FLOATS, values);
  }

  /**
   * Returns examples of whole numbers from 0 to 16,777,216.
   *
   * @param name what people call the data set
   * @param shape of one example
   * @param counts of all examples one after the other
   * @throws VaeException if they are not whole examples', or one is out of range
   */
  public static ArrayExamples counts(String name, Shape shape, int[] counts) {
    float[] values = new float[counts.length];
    for (int i = 0; i < counts.length; i++) {
      values[i] = counts[i];
      if (counts[i] < 0 || counts[i] > MOST) {
        throw fault(name, shape, i, counts[i] + ", but counts are from 0 to " + MOST);
      }
    }
    return of(name, shape, ElementKind.COUNTS, values);
  }

  /**
   * Returns examples of whichever kind.
   *
   * @param name what people call the data set
   * @param shape of one example
   * @param elements what the numbers are
   * @param values of all examples one after the other; not copied
   * @throws VaeException if they are not whole examples', or one is not of the kind
   */
  public static ArrayExamples of(String name, Shape shape, ElementKind elements, float[] values) {
    if (values.length == 0 || values.length % shape.size() != 0) {
      throw new DataException(String.format(
          Locale.ROOT,
          "data set %s: %d numbers do not make whole examples of shape %s (%d each)",
          Quote.of(name),
          values.length,
          shape,
          shape.size()));
    }
    for (int i = 0; i < values.length; i++) {
      if (!elements.holds(values[i])) {
        String cure =
            Float.isFinite(values[i]) ? "" : "; where a number is missing, put 0 and a mask";
        throw fault(name, shape, i, values[i] + ", which is none of " + elements + cure);
      }
    }
    return of(name, shape, elements, new InMemory(shape.size(), values));
  }

  /**
   * Returns examples of numbers that lie elsewhere than in memory.
   *
   * @param name what people call the data set
   * @param shape of one example
   * @param elements what the numbers are; whoever gives them has made sure of it, or does so when
   *     they are read
   * @param numbers of all examples
   */
  public static ArrayExamples of(String name, Shape shape, ElementKind elements, Numbers numbers) {
    return new ArrayExamples(name, shape, elements, numbers, List.of(), null, null);
  }

  private static VaeException fault(String name, Shape shape, int place, String what) {
    return new DataException(String.format(
        Locale.ROOT,
        "data set %s: number %d of example %d is %s",
        Quote.of(name),
        place % shape.size(),
        place / shape.size(),
        what));
  }

  /**
   * Returns these examples with one more condition.
   *
   * @throws VaeException if it is not of as many examples, or its name is taken
   */
  public ArrayExamples with(Condition condition) {
    return new ArrayExamples(
        name, shape, elements, numbers, KnownConditions.with(this, condition), mask, factors);
  }

  /**
   * Returns these examples with a mask; what it hides is read as 0.
   *
   * @throws VaeException if it is not of as many examples of this shape
   */
  public ArrayExamples withMask(Mask newMask) {
    KnownConditions.requireSize(this, newMask);
    if (!newMask.shape().equals(shape)) {
      throw new DataException("data set " + Quote.of(name) + " has examples of " + shape
          + ", but the mask is of " + newMask.shape());
    }
    return new ArrayExamples(name, shape, elements, numbers, conditions, newMask, factors);
  }

  /**
   * Returns these examples with known factors.
   *
   * @throws VaeException if there are not as many rows as examples
   */
  public ArrayExamples withFactors(Factors newFactors) {
    newFactors.requireCount(this);
    return new ArrayExamples(name, shape, elements, numbers, conditions, mask, newFactors);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return numbers.count();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public ElementKind elements() {
    return elements;
  }

  @Override
  public void read(int index, float[] target, int offset) {
    read(numbers::read, index, target, offset);
  }

  @Override
  public ExampleReader reader() {
    ExampleReader reader = numbers.reader();
    return new ExampleReader() {
      @Override
      public void read(int index, float[] target, int offset) {
        ArrayExamples.this.read(reader, index, target, offset);
      }

      @Override
      public void expect(int... indices) {
        reader.expect(indices);
      }
    };
  }

  @Override
  public OptionalInt shuffleBuffer() {
    return numbers.shuffleBuffer();
  }

  private void read(ExampleReader reader, int index, float[] target, int offset) {
    reader.read(Objects.checkIndex(index, size()), target, offset);
    if (mask != null) {
      for (int i = 0; i < shape.size(); i++) {
        target[offset + i] = mask.isObserved(index, i) ? target[offset + i] : 0;
      }
    }
  }

  @Override
  public List<Condition> conditions() {
    return conditions;
  }

  @Override
  public Optional<Mask> mask() {
    return Optional.ofNullable(mask);
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.ofNullable(factors);
  }

  /** Returns a description such as {@code people: 60 examples of [5]}. */
  @Override
  public String toString() {
    return name + ": " + size() + " examples of " + shape;
  }

  /** Numbers of all examples one after the other. */
  private static final class InMemory implements Numbers {
    private final int each;
    private final float[] values;

    private InMemory(int each, float[] values) {
      this.each = each;
      this.values = values;
    }

    @Override
    public int count() {
      return values.length / each;
    }

    @Override
    public void read(int example, float[] target, int offset) {
      System.arraycopy(values, example * each, target, offset, each);
    }
  }
}
