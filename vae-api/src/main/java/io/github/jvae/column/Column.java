package io.github.jvae.column;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import java.util.HashSet;
import java.util.List;

/**
 * A column of a table: one number of each example.
 *
 * @param name what its owner calls it
 * @param kind what its numbers are
 * @param categories the texts that the numbers stand for, of a categorical column (all of them) and
 *     of a binary one (two, or none where 0 and 1 are meant); empty for others
 */
public record Column(String name, ColumnKind kind, List<String> categories) {
  /**
   * Checks that kind and categories fit.
   *
   * @throws io.github.jvae.error.VaeException if they do not
   */
  public Column {
    categories = List.copyOf(categories);
    int count = categories.size();
    boolean fits = switch (kind) {
      case NUMERIC, COUNT -> count == 0;
      case BINARY -> count == 0 || count == 2;
      case CATEGORICAL -> count >= 1;
    };
    if (!fits) {
      throw new ConfigurationException(
          "column " + Quote.of(name) + " is " + kind + " and cannot have " + count + " categories");
    }
    if (new HashSet<>(categories).size() < count) {
      throw new ConfigurationException("column " + Quote.of(name) + " names a category twice");
    }
  }

  /** Describes a column without categories. */
  public Column(String name, ColumnKind kind) {
    this(name, kind, List.of());
  }
}
