package io.github.jvae.data.table;

import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Mask;
import io.github.jvae.data.Part;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Windows over rows that follow each other, each an example of shape [columns, rows]. The rows of a
 * table are shared, not copied. Immutable.
 */
public final class SeriesExamples implements Examples {
  /** Of how many rows one is for validation and one for testing, at the end of the series. */
  private static final int PART = 10;

  private final TableExamples table;
  private final int[] columns;
  private final int first;
  private final int windows;
  private final int length;
  private final int stride;
  private final @Nullable Mask mask;

  private SeriesExamples(
      TableExamples table, int[] columns, int first, int windows, int length, int stride) {
    this.table = table;
    this.columns = columns;
    this.first = first;
    this.windows = windows;
    this.length = length;
    this.stride = stride;
    this.mask = gaps();
  }

  /**
   * Returns the windows of a series in parts by time: the last tenth of the rows for testing, the
   * tenth before for validation. No window has rows of two parts.
   *
   * <p>The columns must be numbers. Dates say the order, which must be that of time, and are no
   * element of a window.
   *
   * @param length of a window, in rows
   * @param stride from the beginning of one window to that of the next, in rows
   * @param notes receives what is to be said of it
   * @param origin where the table was read from
   * @throws VaeException if a column is none of numbers, or a part is shorter than a window
   */
  static DataParts split(
      TableExamples table, int length, int stride, List<String> notes, String origin) {
    int[] columns = columns(table, notes);
    int rows = table.size();
    int tenth = rows / PART;
    int test = rows - tenth;
    int validation = test - tenth;
    SeriesExamples[] parts = {
      of(table, columns, 0, validation, length, stride, Part.TRAIN),
      of(table, columns, validation, test, length, stride, Part.VALIDATION),
      of(table, columns, test, rows, length, stride, Part.TEST)
    };
    return new DataParts(table.name(), parts[0], Optional.of(parts[1]), parts[2], origin, List.of())
        .withAll(of(table, columns, 0, rows, length, stride, Part.ALL));
  }

  /** Returns the windows of all rows of a table that is a part by itself; see {@link #split}. */
  static SeriesExamples of(
      TableExamples table, int length, int stride, Part part, List<String> notes) {
    return of(table, columns(table, notes), 0, table.size(), length, stride, part);
  }

  private static SeriesExamples of(
      TableExamples table, int[] columns, int first, int end, int length, int stride, Part part) {
    int windows = end - first < length ? 0 : (end - first - length) / stride + 1;
    if (windows == 0) {
      throw new DataException(String.format(
          Locale.ROOT,
          "data set %s has %d rows, of which the %s part has %d, too few for a window of %d; choose"
              + " a smaller --window",
          Quote.of(table.name()),
          table.size(),
          part,
          end - first,
          length));
    }
    return new SeriesExamples(table, columns, first, windows, length, stride);
  }

  private static int[] columns(TableExamples table, List<String> notes) {
    if (!table.conditions().isEmpty()) {
      throw fault(
          table,
          "has a label or a condition of each row, but a window is of many rows",
          "leave those columns out (\"ignore\" in a schema)");
    }
    List<Integer> kept = new ArrayList<>();
    List<Column> all = table.columns().orElseThrow().list();
    for (int i = 0; i < all.size(); i++) {
      Column column = all.get(i);
      TableColumn known = table.schema().columns().get(column.name());
      if (known != null && known.type() == ColumnType.DATE) {
        requireOrder(table, column.name(), i);
        notes.add("column " + Quote.of(column.name())
            + " is the time of the rows, and no element of a window");
      } else if (column.kind() == ColumnKind.CATEGORICAL || !column.categories().isEmpty()) {
        throw fault(
            table,
            "has the texts " + Quote.list(column.categories()) + " in column "
                + Quote.of(column.name()) + ", but a series is of numbers",
            "leave the column out (\"ignore\" in a schema)");
      } else {
        kept.add(i);
      }
    }
    if (kept.isEmpty()) {
      throw fault(table, "has no column of numbers", "check the file");
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void requireOrder(TableExamples table, String name, int column) {
    float last = Float.NEGATIVE_INFINITY;
    for (int row = 0; row < table.size(); row++) {
      float time = table.value(row, column);
      if (time < last) {
        throw fault(
            table,
            "has in row " + (row + 1) + " an earlier " + Quote.of(name) + " than in the one before",
            "sort the rows by time, and give series one by one");
      }
      last = Float.isNaN(time) ? last : time;
    }
  }

  private static VaeException fault(TableExamples table, String fault, String cure) {
    return new DataException("data set " + Quote.of(table.name()) + " " + fault + "; " + cure);
  }

  private @Nullable Mask gaps() {
    if (IntStream.range(0, windows).noneMatch(this::hasGap)) {
      return null;
    }
    int each = columns.length * length;
    if ((long) windows * each > Integer.MAX_VALUE) {
      throw fault(
          table, "has gaps and too many windows to mark them", "choose a larger --window-stride");
    }
    BitSet observed = new BitSet(windows * each);
    for (int window = 0; window < windows; window++) {
      for (int i = 0; i < each; i++) {
        observed.set(window * each + i, !Float.isNaN(value(window, i / length, i % length)));
      }
    }
    return Mask.of(shape(), windows, observed);
  }

  private boolean hasGap(int window) {
    // The rows that the window before has too were looked at there.
    int begin = window == 0 ? 0 : Math.max(0, length - stride);
    for (int step = begin; step < length; step++) {
      for (int column = 0; column < columns.length; column++) {
        if (Float.isNaN(value(window, column, step))) {
          return true;
        }
      }
    }
    return false;
  }

  private float value(int window, int column, int step) {
    return table.value(first + window * stride + step, columns[column]);
  }

  @Override
  public String name() {
    return table.name();
  }

  @Override
  public int size() {
    return windows;
  }

  /** Returns [columns, rows of a window]. */
  @Override
  public Shape shape() {
    return Shape.of(columns.length, length);
  }

  /** Returns how many of the next windows begin before one ends. */
  @Override
  public int overlap() {
    return (length - 1) / stride;
  }

  /** Returns the names of the columns, in order. */
  public List<String> columnNames() {
    List<String> names = table.columns().orElseThrow().names();
    return IntStream.of(columns).mapToObj(names::get).toList();
  }

  @Override
  public ElementKind elements() {
    return ElementKind.FLOATS;
  }

  @Override
  public void read(int index, float[] target, int offset) {
    Objects.checkIndex(index, windows);
    int at = offset;
    for (int column = 0; column < columns.length; column++) {
      for (int step = 0; step < length; step++) {
        float value = value(index, column, step);
        target[at++] = Float.isNaN(value) ? 0 : value;
      }
    }
  }

  /** Returns where a number was observed; a row may be one of many windows. */
  @Override
  public Optional<Mask> mask() {
    return Optional.ofNullable(mask);
  }
}
