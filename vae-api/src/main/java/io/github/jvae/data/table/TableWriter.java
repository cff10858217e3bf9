package io.github.jvae.data.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.jvae.data.Labels;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.tensor.HostTensor;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers as rows of a table, in the columns, types, categories and dates of the table that
 * a schema came of: a line of names, then a line per row, in UTF-8. Numbers have a point and just
 * enough digits to be read back exactly; counts and categories are rounded to the nearest there is.
 */
public final class TableWriter {
  private final TableSchema schema;
  private final Map<String, Integer> inputs = new HashMap<>();

  /**
   * Rows that are written together.
   *
   * @param x [rows, columns], in the order of the schema's inputs and the data's own units
   * @param conditions what was known beside, by name, with as many rows; classes as one-hot vectors
   */
  public record Rows(HostTensor x, Map<String, HostTensor> conditions) {}

  private TableWriter(TableSchema schema) {
    this.schema = schema;
    schema.names(ColumnUse.INPUT).forEach(name -> inputs.put(name, inputs.size()));
  }

  /**
   * Returns a writer.
   *
   * @param schema of a table that was read, which says how each column is coded
   * @throws VaeException if it leaves something to how a table looks
   */
  public static TableWriter of(TableSchema schema) {
    schema.columns().forEach((name, column) -> {
      if (column.use() == ColumnUse.INPUT && column.type() == ColumnType.INFERRED) {
        throw new DataException("the schema does not say what column '" + name
            + "' is; take that of" + " a table that was read");
      }
    });
    return new TableWriter(schema);
  }

  /**
   * Writes a file, atomically; tabs stand between fields if its name ends in {@code .tsv}, and
   * commas else. Columns of conditions that are not given are left out.
   *
   * @param blocks all rows, in any number of blocks with the same conditions; at least one
   * @throws VaeException if rows are not of as many columns, or the file cannot be written
   */
  public void write(Path file, Iterator<Rows> blocks) {
    boolean tabs = file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv");
    AtomicFile.write(file, channel -> {
      CsvWriter csv = CsvWriter.builder()
          .fieldSeparator(tabs ? '\t' : ',')
          .lineDelimiter(LineDelimiter.LF)
          .build(Channels.newWriter(channel, StandardCharsets.UTF_8));
      try {
        boolean begun = false;
        while (blocks.hasNext()) {
          Rows rows = blocks.next();
          if (!begun) {
            csv.writeRecord(written(rows.conditions()));
            begun = true;
          }
          write(csv, rows);
        }
        csv.flush();
      } catch (UncheckedIOException e) {
        throw Objects.requireNonNull(e.getCause());
      }
    });
  }

  private void requireFit(Rows rows) {
    if (rows.x().shape().rank() != 2 || rows.x().shape().dimension(1) != inputs.size()) {
      throw new DataException(
          "rows of " + inputs.size() + " columns are written, not " + rows.x().shape());
    }
  }

  private List<String> written(Map<String, HostTensor> conditions) {
    return schema.columns().keySet().stream()
        .filter(name -> inputs.containsKey(name) || isTold(name, conditions))
        .toList();
  }

  private boolean isTold(String name, Map<String, HostTensor> conditions) {
    String condition = condition(name);
    return condition != null && conditions.containsKey(condition);
  }

  /** Returns the name of the condition that a column is; null if it is none. */
  private @Nullable String condition(String name) {
    TableColumn column = schema.columns().get(name);
    return column == null
        ? null
        : switch (column.use()) {
          case LABEL -> Labels.NAME;
          case CONDITION -> name;
          case INPUT, IGNORE -> null;
        };
  }

  private void write(CsvWriter csv, Rows rows) {
    cells(rows).forEach(csv::writeRecord);
  }

  /** Returns the names of the columns that rows with these conditions have, in their order. */
  public List<String> names(Rows rows) {
    return written(rows.conditions());
  }

  /**
   * Returns rows as they stand in a table.
   *
   * @throws VaeException if they are not of as many columns
   */
  public List<List<String>> cells(Rows rows) {
    requireFit(rows);
    List<String> names = written(rows.conditions());
    return IntStream.range(0, rows.x().shape().dimension(0))
        .mapToObj(row -> names.stream().map(name -> text(name, rows, row)).toList())
        .toList();
  }

  private String text(String name, Rows rows, int row) {
    TableColumn column = schema.columns().get(name);
    if (column == null) {
      throw new AssertionError(name);
    }
    int place = inputs.getOrDefault(name, -1);
    HostTensor from =
        place >= 0 ? rows.x() : rows.conditions().get(String.valueOf(condition(name)));
    int width = from == null ? 0 : from.shape().dimension(1);
    if (from == null || width == 0) {
      return "";
    }
    return place < 0 && !column.categories().isEmpty()
        ? column.categories().get(likeliest(from.data(), row * width, width))
        : text(column, from.data()[row * width + Math.max(0, place)]);
  }

  private static int likeliest(float[] oneHot, int begin, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = oneHot[begin + i] > oneHot[begin + best] ? i : best;
    }
    return best;
  }

  private static String text(TableColumn column, float value) {
    List<String> categories = column.categories();
    return switch (column.type()) {
      case DATE -> column.dates().orElseThrow().text(value);
      case COUNT -> Long.toString(Math.max(0, Math.round((double) value)));
      case BINARY, CATEGORICAL -> {
        int last = categories.isEmpty() ? 1 : categories.size() - 1;
        int number = Math.max(0, Math.min(last, Math.round(value)));
        yield categories.isEmpty() ? Integer.toString(number) : categories.get(number);
      }
      case NUMERIC, INFERRED -> Float.toString(value);
    };
  }
}
