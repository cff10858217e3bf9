package io.github.jvae.data;

import io.github.jvae.column.ColumnKind;
import io.github.jvae.tensor.Shape;

/**
 * How many counts an example has in all, as a condition: in single-cell sequencing the number of
 * molecules that were read of a cell, which says more of the instrument than of the cell. Computed
 * as it is read; counts that were not observed do not count.
 */
public final class LibrarySize implements Condition {
  /** The name that models ask for. */
  public static final String NAME = "library";

  private static final Shape ONE = Shape.of(1);

  private final Examples examples;

  private LibrarySize(Examples examples) {
    this.examples = examples;
  }

  /** Returns whether examples have counts, and no numbers that could be below 0. */
  static boolean isKnownOf(Examples examples) {
    return examples.elements() == ElementKind.COUNTS
        || examples
            .columns()
            .filter(columns ->
                columns.list().stream().allMatch(column -> column.kind() == ColumnKind.COUNT))
            .isPresent();
  }

  /**
   * Returns the condition.
   *
   * @param examples of counts
   */
  static LibrarySize of(Examples examples) {
    return new LibrarySize(examples);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Shape shape() {
    return ONE;
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    float[] counts = new float[examples.shape().size()];
    examples.read(index, counts, 0);
    double sum = 0;
    for (float count : counts) {
      sum += count;
    }
    target[offset] = (float) sum;
  }

  @Override
  public Condition select(Selection chosen) {
    return new LibrarySize(examples.select(chosen));
  }
}
