package io.github.jvae.data.table;

import io.github.jvae.column.Column;
import io.github.jvae.column.Columns;
import io.github.jvae.data.Condition;
import io.github.jvae.data.Covariates;
import io.github.jvae.data.Labels;
import io.github.jvae.data.Mask;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes examples of the numbers of a table. */
final class TableResult {
  private final Path file;
  private final TableReader.Settings settings;
  private final List<String> notes;
  private final Map<String, TableColumn> schema = new LinkedHashMap<>();
  private final Map<String, Integer> inputs = new LinkedHashMap<>();
  private final Map<String, Integer> beside = new LinkedHashMap<>();

  /** @param notes what is to be said already */
  TableResult(Path file, TableReader.Settings settings, List<String> notes) {
    this.file = file;
    this.settings = settings;
    this.notes = new ArrayList<>(notes);
  }

  TableExamples of(TablePass pass) {
    CellStore store = pass.store();
    if (store.rows() == 0) {
      throw FileFault.of(file, "has a line of names and no row", "give a table with rows");
    }
    sort(pass);
    if (inputs.isEmpty()) {
      throw FileFault.of(
          file,
          "has no column to learn from" + (notes.isEmpty() ? "" : ": " + Quote.list(notes)),
          "say what its columns are in a schema (--schema)");
    }
    int before = store.rows();
    if (!settings.keepsAllRows()) {
      leaveOutRows(store);
    }
    if (store.rows() == 0) {
      throw FileFault.of(
          file, "has no row with all of its label and conditions and any value", "fill some in");
    }
    if (store.rows() < before) {
      notes.add(file.getFileName() + ": left out " + (before - store.rows()) + " of " + before
          + " rows, which lack the label or a condition, or have no value at all");
    }
    Columns columns = new Columns(
        inputs.keySet().stream().<Column>map(name -> known(name).column(name)).toList());
    int[] places = places(inputs);
    return new TableExamples(
        String.valueOf(file.getFileName()),
        store,
        places,
        columns,
        new TableSchema(schema, true),
        conditions(store),
        mask(store, places),
        notes);
  }

  private TableColumn known(String name) {
    TableColumn column = schema.get(name);
    if (column == null) {
      throw new AssertionError(name);
    }
    return column;
  }

  private void sort(TablePass pass) {
    int place = 0;
    for (TablePass.Stored stored : pass.columns()) {
      ColumnCoder.CodedColumn coded = stored.coder().finish();
      if (!coded.note().isEmpty()) {
        notes.add("column " + Quote.of(stored.name()) + " is left out: " + coded.note()
            + "; a schema can keep it");
      }
      schema.put(stored.name(), coded.column());
      switch (coded.column().use()) {
        case INPUT -> inputs.put(stored.name(), place);
        case CONDITION, LABEL -> beside.put(stored.name(), place);
        case IGNORE -> {}
      }
      place++;
    }
    settings.schema().columns().forEach((name, column) -> {
      if (!schema.containsKey(name)) {
        schema.put(name, column);
        if (column.use() != ColumnUse.IGNORE) {
          notes.add(file.getFileName() + " has no column " + Quote.of(name)
              + ", so that is known of no row");
        }
      }
    });
  }

  private void leaveOutRows(CellStore store) {
    int[] needed = places(beside);
    int[] values = places(inputs);
    store.keep(row -> gaps(store, row, needed) == 0 && gaps(store, row, values) < values.length);
  }

  private static int[] places(Map<String, Integer> columns) {
    return columns.values().stream().mapToInt(Integer::intValue).toArray();
  }

  private static int gaps(CellStore store, int row, int... places) {
    int gaps = 0;
    for (int place : places) {
      gaps += isGap(store, row, place) ? 1 : 0;
    }
    return gaps;
  }

  private static boolean isGap(CellStore store, int row, int place) {
    return Float.isNaN(store.get(row, place));
  }

  private List<Condition> conditions(CellStore store) {
    List<Condition> conditions = new ArrayList<>();
    Set<String> taken = new HashSet<>(Set.of(Mask.NAME));
    beside.forEach((column, place) -> {
      Condition condition = condition(column, store, place);
      if (!taken.add(condition.name())) {
        throw taken(column, condition.name());
      }
      conditions.add(condition);
    });
    return conditions;
  }

  private VaeException taken(String column, String name) {
    return FileFault.of(
        file,
        "has a condition in column " + Quote.of(column) + " that would be called " + Quote.of(name)
            + ", as another is",
        "rename the column");
  }

  private Condition condition(String name, CellStore store, int place) {
    TableColumn column = known(name);
    int rows = store.rows();
    if (column.type() == ColumnType.CATEGORICAL || !column.categories().isEmpty()) {
      int[] labels = new int[rows];
      for (int row = 0; row < rows; row++) {
        labels[row] = (int) store.get(row, place);
      }
      return Labels.of(
          column.use() == ColumnUse.LABEL ? Labels.NAME : name, labels, column.categories());
    }
    float[] values = new float[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = store.get(row, place);
    }
    return Covariates.of(name, Shape.of(1), values);
  }

  private @Nullable Mask mask(CellStore store, int... places) {
    // Of a series, windows have masks and rows have none.
    if (settings.keepsAllRows() || !hasGaps(store, places)) {
      return null;
    }
    long cells = (long) store.rows() * places.length;
    if (cells > Integer.MAX_VALUE) {
      throw FileFault.of(
          file,
          "has gaps, and " + cells + " values, of which at most " + Integer.MAX_VALUE
              + " can be marked",
          "split it into several files");
    }
    BitSet observed = new BitSet((int) cells);
    int at = 0;
    for (int row = 0; row < store.rows(); row++) {
      for (int place : places) {
        observed.set(at++, !isGap(store, row, place));
      }
    }
    return Mask.of(Shape.of(places.length), store.rows(), observed);
  }

  private static boolean hasGaps(CellStore store, int... places) {
    for (int row = 0; row < store.rows(); row++) {
      if (gaps(store, row, places) > 0) {
        return true;
      }
    }
    return false;
  }
}
