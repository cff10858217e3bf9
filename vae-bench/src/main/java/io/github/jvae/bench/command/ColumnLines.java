package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.column.Column;
import io.github.jvae.column.Columns;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What {@code vae data} tells of the columns of a table. */
final class ColumnLines {
  private static final int MOST_CATEGORIES = 20;

  /** What is counted of one column. */
  private static final class Summary {
    private final Column column;
    private final long[] counts;
    private long gaps;
    private long observed;
    private double mean;
    private double squares;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    Summary(Column column) {
      this.column = column;
      this.counts = new long[column.categories().size()];
    }

    void add(float value) {
      observed++;
      // Welford's: sums of squares would cancel, as of years.
      double step = value - mean;
      mean += step / observed;
      squares += step * (value - mean);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      if (counts.length > 0) {
        counts[(int) value]++;
      }
    }

    double deviation() {
      return Math.sqrt(squares / Math.max(1, observed));
    }

    String line(int width) {
      String what = counts.length > 0
          ? categories()
          : String.format(
              Locale.ROOT,
              "mean %.6g, standard deviation %.6g, from %.6g to %.6g",
              mean,
              deviation(),
              least,
              greatest);
      return String.format(
          Locale.ROOT,
          "  %-" + width + "s  %-11s  %s%s",
          column.name(),
          column.kind(),
          observed == 0 ? "no value" : what,
          gaps == 0 ? "" : ", " + gaps + (gaps == 1 ? " gap" : " gaps"));
    }

    private String categories() {
      List<String> names = column.categories();
      String shown = IntStream.range(0, counts.length)
          .boxed()
          .sorted(Comparator.comparing(i -> -counts[i]))
          .limit(MOST_CATEGORIES)
          .map(i -> names.get(i) + " " + counts[i])
          .collect(Collectors.joining(", "));
      int more = counts.length - MOST_CATEGORIES;
      return more > 0 ? shown + " and " + more + " more" : shown;
    }

    JsonResult json() {
      JsonResult result = new JsonResult()
          .put("name", column.name())
          .put("kind", column.kind().toString())
          .put("gaps", gaps);
      if (counts.length == 0) {
        return result
            .put("mean", (Double) mean)
            .put("std", (Double) deviation())
            .put("least", (Double) least)
            .put("greatest", (Double) greatest);
      }
      JsonResult named = new JsonResult();
      for (int i = 0; i < counts.length; i++) {
        named.put(column.categories().get(i), counts[i]);
      }
      return result.put("categories", named.toJson());
    }
  }

  private ColumnLines() {}

  /** Tells of each column of a part, and returns the same. */
  static ArrayNode tell(Examples examples, Columns columns, Console console) {
    List<Summary> summaries = new ArrayList<>();
    columns.list().forEach(column -> summaries.add(new Summary(column)));
    @Nullable Mask mask = examples.mask().orElse(null);
    float[] row = new float[columns.size()];
    for (int i = 0; i < examples.size(); i++) {
      examples.read(i, row, 0);
      for (int j = 0; j < row.length; j++) {
        if (mask == null || mask.isObserved(i, j)) {
          summaries.get(j).add(row[j]);
        } else {
          summaries.get(j).gaps++;
        }
      }
    }
    int width = columns.names().stream().mapToInt(String::length).max().orElse(0);
    ArrayNode told = JsonNodeFactory.instance.arrayNode();
    for (Summary summary : summaries) {
      console.say("%s", summary.line(width));
      told.add(summary.json().toJson());
    }
    return told;
  }
}
