package io.github.jvae.bench.report;

import io.github.jvae.bench.chart.BarChart;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.report.page.Block.Figure;
import io.github.jvae.bench.report.page.Block.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A figure with one bar for each engine. Those that were not measured have a row without one. */
final class Bars {
  private final Engines engines;
  private final Function<Engine, String> missing;

  Bars(Engines engines) {
    this(engines, Bars::missing);
  }

  /** @param missing what stands where an engine has no number */
  Bars(Engines engines, Function<Engine, String> missing) {
    this.engines = engines;
    this.missing = missing;
  }

  /**
   * Bars with their spread; null if no engine has the quantity.
   *
   * @param spread the median is the bar
   */
  @Nullable
  Figure spread(
      String id,
      String title,
      String unit,
      String caption,
      Function<BackendResult, @Nullable Spread> spread) {
    return figure(id, title, unit, caption, List.of("median", "least", "most"), engine -> {
      Spread seen = spread.apply(engine.result());
      return seen == null
          ? null
          : new Bar(
              seen.median(),
              seen.min(),
              seen.max(),
              List.of(
                  Words.number(seen.median()), Words.number(seen.min()), Words.number(seen.max())));
    });
  }

  /** Bars of single values; null if no engine has the quantity. */
  @Nullable
  Figure values(
      String id,
      String title,
      String unit,
      String caption,
      Function<BackendResult, @Nullable Double> value) {
    return figure(id, title, unit, caption, List.of("value"), engine -> {
      Double seen = value.apply(engine.result());
      return seen == null
          ? null
          : new Bar(seen, Double.NaN, Double.NaN, List.of(Words.number(seen)));
    });
  }

  /**
   * A bar and what the table says of it.
   *
   * @param value its length
   * @param low the least that was seen; not a number where that is not known
   * @param high the most that was seen; not a number where that is not known
   * @param dots single values that were seen
   * @param cells of the table
   * @param remark behind the value; may be empty
   */
  record Bar(
      double value, double low, double high, List<Double> dots, List<String> cells, String remark) {
    /** A bar that needs no more words. */
    Bar(double value, double low, double high, List<String> cells) {
      this(value, low, high, List.of(), cells, "");
    }
  }

  /**
   * Any bars; null if no engine has one.
   *
   * @param columns of the table, without their unit
   * @param bar an engine's, or null
   */
  @Nullable
  Figure figure(
      String id,
      String title,
      String unit,
      String caption,
      List<String> columns,
      Function<Engine, @Nullable Bar> bar) {
    List<BarChart.Row> bars = new ArrayList<>();
    List<Table.Row> rows = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (Engine engine : engines.all()) {
      Bar seen = bar.apply(engine);
      String note =
          seen == null ? missing.apply(engine) : Words.number(seen.value(), unit) + seen.remark();
      bars.add(
          seen == null
              ? BarChart.Row.of(engine.name(), note, engine.colour(), List.of())
              : new BarChart.Row(
                  engine.name(),
                  note,
                  engine.colour(),
                  List.of(seen.value()),
                  seen.low(),
                  seen.high(),
                  seen.dots()));
      rows.add(new Table.Row(
          engine.name(),
          seen == null ? columns.stream().map(column -> note).toList() : seen.cells()));
      sentences.add(engine.name() + " " + note);
    }
    if (bars.stream().allMatch(row -> row.values().isEmpty())) {
      return null;
    }
    List<String> heads = columns.stream()
        .map(column -> column.contains("(") ? column : column + " (" + unit + ")")
        .collect(Collectors.toList());
    return new Figure(
        id,
        new BarChart(title, unit, bars, List.of()),
        String.join(", ", sentences),
        caption,
        new Table(title, "engine", heads, rows));
  }

  /** Why an engine has no number. */
  static String missing(Engine engine) {
    String shortcoming = engine.shortcoming();
    return shortcoming.isEmpty() ? "not measured" : shortcoming;
  }
}
