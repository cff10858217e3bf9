package io.github.jvae.data;

import io.github.jvae.column.Columns;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A table in memory.
 *
 * @param table what its columns are
 * @param rows their numbers
 */
public record TableSample(Columns table, ArrayExamples rows) implements Examples {

  /** A table of numbers in the order of its rows. */
  public static TableSample of(Columns table, float... numbers) {
    return new TableSample(
        table, ArrayExamples.of("people", Shape.of(table.size()), ElementKind.MIXED, numbers));
  }

  /** The same with gaps. */
  public TableSample withMask(boolean... observed) {
    return new TableSample(table, rows.withMask(Mask.of(rows.shape(), observed)));
  }

  @Override
  public Optional<Columns> columns() {
    return Optional.of(table);
  }

  @Override
  public String name() {
    return rows.name();
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public Shape shape() {
    return rows.shape();
  }

  @Override
  public ElementKind elements() {
    return rows.elements();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    rows.read(index, target, offset);
  }

  @Override
  public List<Condition> conditions() {
    return rows.conditions();
  }

  @Override
  public Optional<Mask> mask() {
    return rows.mask();
  }
}
