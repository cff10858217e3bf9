package io.github.jvae.data.table;

import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.column.Columns;
import io.github.jvae.data.DataReading;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a table are, by name; as a file it is
 *
 * <pre>{@code
 * {
 *   "age": "numeric",
 *   "visits": "count",
 *   "colour": {"kind": "categorical", "categories": ["blue", "red"]},
 *   "day": {"kind": "date", "format": "dd.MM.yyyy"},
 *   "dose": {"kind": "numeric", "condition": true},
 *   "class": "label",
 *   "id": "ignore"
 * }
 * }</pre>
 *
 * <p>Columns that it does not name are as they look; {@code "*": "ignore"} passes them over, and
 * has the columns in the order of the schema. Such is the schema of a trained model.
 *
 * @param columns by name
 * @param passesOver whether columns that it does not name are passed over
 */
public record TableSchema(Map<String, TableColumn> columns, boolean passesOver) {
  private static final String OTHERS = "*";

  /**
   * Keeps a copy.
   *
   * @throws io.github.jvae.error.VaeException if there are two labels
   */
  public TableSchema {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    List<String> labels = new ArrayList<>();
    columns.forEach((name, column) -> {
      if (column.use() == ColumnUse.LABEL) {
        labels.add(name);
      }
    });
    if (labels.size() > 1) {
      throw new ConfigurationException("the columns " + Quote.list(labels)
          + " are all said to be the label; choose one, and make the others conditions");
    }
  }

  /** Returns the schema that leaves everything to how it looks. */
  public static TableSchema inferred() {
    return new TableSchema(Map.of(), false);
  }

  /** Returns the schema of the columns that a model knows, which are dates no more. */
  public static TableSchema of(Columns known) {
    Map<String, TableColumn> columns = new LinkedHashMap<>();
    known.list().forEach(column -> columns.put(column.name(), TableColumn.of(column)));
    return new TableSchema(columns, true);
  }

  /** Returns the schema by which a data set was read; nothing if it was no table. */
  public static Optional<TableSchema> of(DataReading reading) {
    return reading.format().equals(TableFormat.NAME)
            && reading.options().get(TableOptions.SCHEMA.name()) instanceof Options schema
        ? Optional.of(of(schema))
        : Optional.empty();
  }

  /** Returns how a table with such columns is read, where nothing else is said. */
  public DataReading reading() {
    return new DataReading(
        TableFormat.NAME, Options.none().with(TableOptions.SCHEMA.name(), toOptions()));
  }

  /**
   * Reads a schema.
   *
   * @param value as {@link #toOptions} makes it
   * @throws io.github.jvae.error.VaeException if it is anything else
   */
  public static TableSchema of(Options value) {
    Map<String, TableColumn> columns = new LinkedHashMap<>();
    boolean passesOver = false;
    for (Map.Entry<String, OptionValue> entry : value.values().entrySet()) {
      if (!entry.getKey().equals(OTHERS)) {
        columns.put(entry.getKey(), TableColumn.of(entry.getKey(), entry.getValue()));
      } else if (entry.getValue().equals(OptionValue.of("ignore"))) {
        passesOver = true;
      } else {
        throw new ConfigurationException(
            "\"*\", which is all other columns, can only be \"ignore\"," + " not "
                + Quote.bare(entry.getValue()));
      }
    }
    return new TableSchema(columns, passesOver);
  }

  /**
   * Reads a file.
   *
   * @throws io.github.jvae.error.VaeException if it is missing, no JSON, or no schema
   */
  public static TableSchema read(Path file) {
    return FileFault.within(file, () -> of(JsonFile.read(file)));
  }

  /**
   * Writes a file, atomically.
   *
   * @throws io.github.jvae.error.VaeException if it cannot be written
   */
  public void write(Path file) {
    JsonFile.write(file, toOptions());
  }

  /** Returns this schema with another column, or with another one of that name. */
  public TableSchema with(String name, TableColumn column) {
    Map<String, TableColumn> more = new LinkedHashMap<>(columns);
    more.put(name, column);
    return new TableSchema(more, passesOver);
  }

  /** Returns this schema with the class of each row in a column. */
  TableSchema withLabel(String name) {
    TableColumn known = columns.get(name);
    return with(
        name,
        new TableColumn(
            ColumnUse.LABEL,
            ColumnType.CATEGORICAL,
            known == null ? List.of() : known.categories(),
            Optional.empty()));
  }

  /** Returns the names of the columns with a use, in order. */
  public List<String> names(ColumnUse use) {
    return columns.entrySet().stream()
        .filter(entry -> entry.getValue().use() == use)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns this as {@link #of(Options)} reads it. */
  public Options toOptions() {
    Options options = Options.none();
    for (Map.Entry<String, TableColumn> column : columns.entrySet()) {
      options = options.with(column.getKey(), column.getValue().toValue());
    }
    return passesOver ? options.with(OTHERS, "ignore") : options;
  }

  /**
   * Checks that a table has the columns it must have: those named, but for what may be left out.
   *
   * @throws io.github.jvae.error.VaeException that names those that are missing
   */
  void requireIn(Path file, List<String> header) {
    List<String> missing = columns.entrySet().stream()
        .filter(entry -> !mayLack(entry.getValue()) && !header.contains(entry.getKey()))
        .map(Map.Entry::getKey)
        .toList();
    if (!missing.isEmpty()) {
      throw FileFault.of(
          file,
          "has no column " + Quote.list(missing) + "; it has " + Quote.list(header),
          passesOver
              ? "the model needs every one of its columns: add it, empty where nothing is known"
              : "mend the name, or leave it out of the schema");
    }
  }

  /** What is known beside a model's rows is not needed for everything that is done with it. */
  private boolean mayLack(TableColumn column) {
    return column.use() == ColumnUse.IGNORE
        || (passesOver && column.use() != ColumnUse.INPUT && column.isCoded());
  }

  /** Returns the names of those that a table has beside, which nobody reads. */
  List<String> passedOver(List<String> header) {
    Set<String> known = columns.keySet();
    return passesOver ? header.stream().filter(name -> !known.contains(name)).toList() : List.of();
  }
}
