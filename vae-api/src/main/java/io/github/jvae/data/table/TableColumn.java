package io.github.jvae.data.table;

import io.github.jvae.column.Column;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one column of a table is.
 *
 * @param use what it is for
 * @param type how its text becomes numbers
 * @param categories the texts that the numbers 0, 1 … stand for; empty where they are not known yet
 *     or there are none
 * @param dates how its dates are written; empty where that is not known yet or it has none
 */
public record TableColumn(
    ColumnUse use, ColumnType type, List<String> categories, Optional<DateText> dates) {
  private static final String KIND = "kind";
  private static final String CATEGORIES = "categories";
  private static final String FORMAT = "format";
  private static final String ORIGIN = "origin";
  private static final String CONDITION = "condition";
  private static final Set<String> KEYS = Set.of(KIND, CATEGORIES, FORMAT, ORIGIN, CONDITION);
  private static final String WORDS =
      "numeric, count, binary, categorical, date, label, condition or ignore";

  /** Keeps a copy. */
  public TableColumn {
    categories = List.copyOf(categories);
  }

  /** Describes a column of which nothing more is known. */
  public TableColumn(ColumnUse use, ColumnType type) {
    this(use, type, List.of(), Optional.empty());
  }

  /** Returns what a model knows as one of its columns. */
  static TableColumn of(Column column) {
    return new TableColumn(
        ColumnUse.INPUT, ColumnType.of(column.kind()), column.categories(), Optional.empty());
  }

  /** Returns what models are told of this column. */
  Column column(String name) {
    return new Column(name, type.kind(), categories);
  }

  /** Returns whether it is known which number stands for which text. */
  boolean isCoded() {
    return switch (type) {
      case INFERRED -> false;
      case NUMERIC, COUNT -> true;
      case BINARY, CATEGORICAL -> !categories.isEmpty();
      case DATE -> dates.isPresent() && dates.get().isCoded();
    };
  }

  /**
   * Reads a column of a schema: a word, or an object with more.
   *
   * @throws io.github.jvae.error.VaeException if it is neither
   */
  static TableColumn of(String name, OptionValue value) {
    if (value instanceof OptionValue.Text word) {
      return ofWord(name, word.value());
    }
    if (!(value instanceof Options options)) {
      throw fault(name, "must be " + WORDS + ", not " + Quote.bare(value));
    }
    Set<String> unknown = new TreeSet<>(options.names());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw fault(
          name,
          "has the unknown key " + Quote.list(unknown)
              + "; it may have kind, categories, format, origin and condition");
    }
    TableColumn plain = ofWord(name, text(name, options, KIND).orElse(CONDITION));
    boolean beside = options.get(CONDITION) instanceof OptionValue.Flag flag && flag.value();
    return new TableColumn(
        beside && plain.use == ColumnUse.INPUT ? ColumnUse.CONDITION : plain.use,
        plain.type,
        categories(name, options),
        dates(name, options));
  }

  private static TableColumn ofWord(String name, String word) {
    return switch (word) {
      case "label" -> new TableColumn(ColumnUse.LABEL, ColumnType.CATEGORICAL);
      case CONDITION -> new TableColumn(ColumnUse.CONDITION, ColumnType.INFERRED);
      case "ignore" -> new TableColumn(ColumnUse.IGNORE, ColumnType.INFERRED);
      default -> {
        for (ColumnType type : ColumnType.values()) {
          if (type.toString().equals(word)) {
            yield new TableColumn(ColumnUse.INPUT, type);
          }
        }
        throw fault(name, "must be " + WORDS + ", not " + Quote.of(word));
      }
    };
  }

  private static List<String> categories(String name, Options options) {
    List<String> categories = new ArrayList<>();
    if (options.get(CATEGORIES) instanceof OptionValue.Items items) {
      for (OptionValue item : items.values()) {
        categories.add(item instanceof OptionValue.Text text ? text.value() : item.toString());
      }
    } else if (options.has(CATEGORIES)) {
      throw fault(name, "must have a list of texts as its categories");
    }
    if (new HashSet<>(categories).size() < categories.size()) {
      throw fault(name, "names a category twice");
    }
    return categories;
  }

  private static Optional<DateText> dates(String name, Options options) {
    Optional<String> origin = text(name, options, ORIGIN);
    try {
      Optional<LocalDate> day = origin.map(LocalDate::parse);
      return text(name, options, FORMAT)
          .map(format ->
              day.map(known -> new DateText(format, known)).orElseGet(() -> new DateText(format)));
    } catch (DateTimeException e) {
      throw new ConfigurationException(
          "column " + Quote.of(name) + ": origin must be a day such as 2024-12-31, not "
              + Quote.of(origin.orElse("")),
          e);
    }
  }

  private static Optional<String> text(String name, Options options, String key) {
    OptionValue value = options.get(key);
    if (value == null || value instanceof OptionValue.Text) {
      return Optional.ofNullable(value).map(text -> ((OptionValue.Text) text).value());
    }
    throw fault(name, "must have a text as its " + key + ", not " + Quote.bare(value));
  }

  private static ConfigurationException fault(String name, String what) {
    return new ConfigurationException("column " + Quote.of(name) + " " + what);
  }

  /** Returns this as {@link #of} reads it: a word where that says all. */
  OptionValue toValue() {
    Options more = Options.none();
    if (!categories.isEmpty()) {
      more = more.with(
          CATEGORIES,
          new OptionValue.Items(categories.stream().map(OptionValue::of).toList()));
    }
    if (dates.isPresent()) {
      more = more.with(FORMAT, dates.get().format());
      more = dates.get().isTimed() && dates.get().isCoded()
          ? more.with(ORIGIN, dates.get().origin().toString())
          : more;
    }
    if (use == ColumnUse.CONDITION && type != ColumnType.INFERRED) {
      more = more.with(CONDITION, true);
    }
    return more.names().isEmpty()
        ? OptionValue.of(word())
        : Options.none().with(KIND, word()).with(more);
  }

  /** Returns the word of a schema for it. */
  String word() {
    return switch (use) {
      case INPUT -> type.toString();
      case CONDITION -> type == ColumnType.INFERRED ? CONDITION : type.toString();
      case LABEL, IGNORE -> use.name().toLowerCase(Locale.ROOT);
    };
  }
}
