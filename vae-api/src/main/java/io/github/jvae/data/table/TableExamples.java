package io.github.jvae.data.table;

import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.data.Condition;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Mask;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as examples of shape [columns], in memory with four bytes a value. Immutable.
 *
 * <p>Where all columns are of one kind, so are the elements: numeric ones are
 * {@link ElementKind#FLOATS}, binary ones {@link ElementKind#BINARY}, and counts
 * {@link ElementKind#COUNTS}, also beside columns of the numbers 0 and 1, which are counts too.
 * Else, and where all are categorical, as each has categories of its own, they are
 * {@link ElementKind#MIXED}.
 */
public final class TableExamples implements Examples {
  private final String name;
  private final CellStore store;
  private final int[] places;
  private final Columns columns;
  private final TableSchema schema;
  private final List<Condition> conditions;
  private final @Nullable Mask mask;
  private final List<String> notes;

  /** @param places of the columns in the store */
  TableExamples(
      String name,
      CellStore store,
      int[] places,
      Columns columns,
      TableSchema schema,
      List<Condition> conditions,
      @Nullable Mask mask,
      List<String> notes) {
    this.name = name;
    this.store = store;
    this.places = places;
    this.columns = columns;
    this.schema = schema;
    this.conditions = List.copyOf(conditions);
    this.mask = mask;
    this.notes = List.copyOf(notes);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return store.rows();
  }

  @Override
  public Shape shape() {
    return Shape.of(places.length);
  }

  @Override
  public ElementKind elements() {
    if (all(column -> column.kind() == ColumnKind.NUMERIC)) {
      return ElementKind.FLOATS;
    }
    if (all(column -> column.kind() == ColumnKind.BINARY)) {
      return ElementKind.BINARY;
    }
    boolean counts = all(column -> column.kind() == ColumnKind.COUNT
        || (column.kind() == ColumnKind.BINARY && column.categories().isEmpty()));
    return counts ? ElementKind.COUNTS : ElementKind.MIXED;
  }

  private boolean all(Predicate<Column> kind) {
    return columns.list().stream().allMatch(kind);
  }

  @Override
  public void read(int index, float[] target, int offset) {
    store.read(Objects.checkIndex(index, size()), places, target, offset);
  }

  @Override
  public Optional<Columns> columns() {
    return Optional.of(columns);
  }

  @Override
  public List<Condition> conditions() {
    return conditions;
  }

  @Override
  public Optional<Mask> mask() {
    return Optional.ofNullable(mask);
  }

  /** Returns what every column is, so that other tables are coded alike. */
  public TableSchema schema() {
    return schema;
  }

  /** Returns what its owner may want to know of how it was read, a line each. */
  public List<String> notes() {
    return notes;
  }

  /** Returns a value, NaN where there is a gap. */
  float value(int row, int column) {
    return store.get(row, places[column]);
  }

  /** Returns a description such as {@code people.csv: 60 rows of 5 columns}. */
  @Override
  public String toString() {
    return name + ": " + size() + " rows of " + places.length + " columns";
  }
}
