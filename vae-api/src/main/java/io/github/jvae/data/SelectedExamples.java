package io.github.jvae.data;

import io.github.jvae.column.Columns;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** A view of some examples of any others. */
final class SelectedExamples implements Examples {
  private final Examples all;
  private final Selection selection;
  private final List<Condition> conditions;
  private final Optional<Mask> mask;

  SelectedExamples(Examples all, Selection selection) {
    this.all = all;
    this.selection = selection;
    this.conditions =
        all.conditions().stream().map(condition -> condition.select(selection)).toList();
    this.mask = all.mask().map(whole -> whole.select(selection));
  }

  @Override
  public String name() {
    return all.name();
  }

  @Override
  public int size() {
    return selection.size();
  }

  @Override
  public Shape shape() {
    return all.shape();
  }

  @Override
  public ElementKind elements() {
    return all.elements();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    all.read(selection.stored(Objects.checkIndex(index, size())), target, offset);
  }

  @Override
  public ExampleReader reader() {
    ExampleReader reader = all.reader();
    return new ExampleReader() {
      @Override
      public void read(int index, float[] target, int offset) {
        reader.read(selection.stored(Objects.checkIndex(index, size())), target, offset);
      }

      @Override
      public void expect(int... indices) {
        reader.expect(Arrays.stream(indices).map(selection::stored).toArray());
      }
    };
  }

  @Override
  public OptionalInt shuffleBuffer() {
    return all.shuffleBuffer();
  }

  @Override
  public int overlap() {
    // Where places rise, two that are shown are stored at least as far from each other.
    return all.overlap() == 0 || selection.rises() ? all.overlap() : size() - 1;
  }

  @Override
  public Optional<Columns> columns() {
    return all.columns();
  }

  @Override
  public List<Condition> conditions() {
    return conditions;
  }

  @Override
  public Optional<Mask> mask() {
    return mask;
  }

  @Override
  public Optional<Factors> factors() {
    return all.factors().map(factors -> factors.select(selection));
  }

  @Override
  public Examples select(Selection chosen) {
    return new SelectedExamples(all, selection.then(chosen));
  }

  /** Returns a description such as {@code people: 60 examples of [5]}. */
  @Override
  public String toString() {
    return name() + ": " + size() + " examples of " + shape();
  }
}
