package io.github.jvae.data.table;

import io.github.jvae.internal.file.FileFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the rows of a table once, from its first line to its last. */
final class TablePass implements CsvText.Rows {
  /**
   * A column that is stored.
   *
   * @param name of it
   * @param coder makes its numbers
   */
  record Stored(String name, ColumnCoder coder) {}

  private final Path file;
  private final TextIndex missing;
  private final int longestMissing;
  private final int width;
  private final CellStore store;
  private final List<Stored> columns = new ArrayList<>();
  private final @Nullable ColumnCoder[] coders;
  private final int[] places;
  private final float[] row;
  private boolean header;
  private long line;

  /**
   * @param names of all columns of the file
   * @param header whether the first row has no values
   * @param asTexts the columns that are texts, though some look like numbers
   */
  TablePass(
      Path file,
      TableReader.Settings settings,
      List<String> names,
      boolean header,
      Set<String> asTexts) {
    this.file = file;
    this.header = header;
    this.width = names.size();
    this.missing = settings.missing();
    this.longestMissing =
        missing.texts().stream().mapToInt(String::length).max().orElse(0);
    this.coders = new ColumnCoder[width];
    this.places = new int[width];
    TableSchema schema = settings.schema();
    List<String> kept = kept(schema, names);
    this.store = new CellStore(file, kept.size());
    this.row = new float[kept.size()];
    for (String name : kept) {
      TableColumn wanted = schema
          .columns()
          .getOrDefault(name, new TableColumn(ColumnUse.INPUT, ColumnType.INFERRED));
      int place = columns.size();
      int index = names.indexOf(name);
      ColumnFaults faults = new ColumnFaults(file, name);
      // A model's binary column without categories is one of the numbers 0 and 1.
      boolean known = wanted.isCoded()
          || (schema.passesOver()
              && wanted.type() == ColumnType.BINARY
              && wanted.use() != ColumnUse.LABEL);
      ColumnCoder coder = known
          ? new KnownCoder(wanted, faults, settings.numbers(), settings.unknown())
          : new InferringCoder(
              wanted, asTexts.contains(name), faults, settings.numbers(), store, place);
      coders[index] = coder;
      places[index] = place;
      columns.add(new Stored(name, coder));
    }
  }

  private static List<String> kept(TableSchema schema, List<String> names) {
    Map<String, TableColumn> said = schema.columns();
    List<String> candidates =
        schema.passesOver() ? said.keySet().stream().filter(names::contains).toList() : names;
    return candidates.stream()
        .filter(name -> !said.containsKey(name) || said.get(name).use() != ColumnUse.IGNORE)
        .toList();
  }

  @Override
  public void begin(long newLine) {
    line = newLine;
  }

  @Override
  public void field(int index, char[] text, int begin, int length) {
    ColumnCoder coder = index < width && !header ? coders[index] : null;
    if (coder == null) {
      return;
    }
    int from = begin;
    int to = begin + length;
    while (from < to && text[from] <= ' ') {
      from++;
    }
    while (to > from && text[to - 1] <= ' ') {
      to--;
    }
    int count = to - from;
    boolean gap = count == 0 || (count <= longestMissing && missing.find(text, from, count) >= 0);
    row[places[index]] = gap ? CellStore.GAP : coder.code(text, from, count, line);
  }

  @Override
  public boolean end(int fields) {
    if (fields != width) {
      throw FileFault.of(
          file,
          "line " + line + " has " + fields + (fields == 1 ? " field" : " fields")
              + ", but the first line has " + width,
          "mend the line, quote a field that has the delimiter in it, or name the delimiter with"
              + " --delimiter");
    }
    if (header) {
      header = false;
    } else {
      store.add(row);
    }
    return true;
  }

  /** Returns the columns that are to be read again as texts. */
  Set<String> mixed() {
    Set<String> mixed = new HashSet<>();
    for (Stored column : columns) {
      if (column.coder() instanceof InferringCoder coder && coder.isMixed()) {
        mixed.add(column.name());
      }
    }
    return mixed;
  }

  /** Returns the columns in the order of the store. */
  List<Stored> columns() {
    return columns;
  }

  CellStore store() {
    return store;
  }
}
