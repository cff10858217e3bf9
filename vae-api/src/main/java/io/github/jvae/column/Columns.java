package io.github.jvae.column;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, in the order of an example's elements: at least one, no two of a name.
 *
 * @param list all of them
 */
public record Columns(List<Column> list) {
  private static final String NAME = "name";
  private static final String KIND = "kind";
  private static final String CATEGORIES = "categories";

  /**
   * Checks the names.
   *
   * @throws io.github.jvae.error.VaeException if there is no column, or two have one name
   */
  public Columns {
    list = List.copyOf(list);
    if (list.isEmpty()) {
      throw new ConfigurationException("columns must name at least one column");
    }
    Set<String> names = new HashSet<>();
    for (Column column : list) {
      if (!names.add(column.name())) {
        throw new ConfigurationException("there are two columns " + Quote.of(column.name()));
      }
    }
  }

  /** Returns how many there are. */
  public int size() {
    return list.size();
  }

  /** Returns a column by its place, from 0. */
  public Column get(int place) {
    return list.get(place);
  }

  /** Returns the names, in order. */
  public List<String> names() {
    return list.stream().map(Column::name).toList();
  }

  /**
   * Reads columns.
   *
   * @param value a list as {@link #toValue} makes it
   * @throws io.github.jvae.error.VaeException if it is anything else
   */
  public static Columns of(OptionValue value) {
    if (!(value instanceof OptionValue.Items items)) {
      throw new ConfigurationException("columns must be a list [ … ], not " + Quote.bare(value));
    }
    List<Column> columns = new ArrayList<>();
    for (OptionValue item : items.values()) {
      if (!(item instanceof Options column)) {
        throw new ConfigurationException(
            "each of the columns must be an object { … }, not " + Quote.bare(item));
      }
      columns.add(column(column));
    }
    return new Columns(columns);
  }

  private static Column column(Options column) {
    Set<String> unknown = new HashSet<>(column.names());
    unknown.removeAll(Set.of(NAME, KIND, CATEGORIES));
    if (!unknown.isEmpty()) {
      throw new ConfigurationException("columns: unknown key " + Quote.list(unknown)
          + "; a column has name, kind and categories");
    }
    List<String> categories = new ArrayList<>();
    if (column.get(CATEGORIES) instanceof OptionValue.Items items) {
      items.values().forEach(item -> categories.add(text(CATEGORIES, item)));
    }
    return new Column(text(NAME, column.get(NAME)), kind(text(KIND, column.get(KIND))), categories);
  }

  private static String text(String key, @Nullable OptionValue value) {
    if (value instanceof OptionValue.Text text) {
      return text.value();
    }
    throw new ConfigurationException("columns: " + key + " must be a text, not "
        + (value == null ? "left out" : Quote.bare(value)));
  }

  private static ColumnKind kind(String word) {
    for (ColumnKind kind : ColumnKind.values()) {
      if (kind.toString().equals(word)) {
        return kind;
      }
    }
    throw new ConfigurationException("columns: there is no kind " + Quote.of(word) + "; there are "
        + Arrays.stream(ColumnKind.values())
            .map(ColumnKind::toString)
            .collect(Collectors.joining(", ")));
  }

  /** Returns the columns as {@link #of} reads them. */
  public OptionValue toValue() {
    return new OptionValue.Items(list.stream().map(Columns::value).toList());
  }

  private static OptionValue value(Column column) {
    Options value =
        Options.none().with(NAME, column.name()).with(KIND, column.kind().toString());
    return column.categories().isEmpty()
        ? value
        : value.with(
            CATEGORIES,
            new OptionValue.Items(
                column.categories().stream().map(OptionValue::of).toList()));
  }
}
