package io.github.jvae.bench.chart;

import io.github.jvae.bench.chart.Mark.Anchor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bars from nothing to a value, one below the other, each under its name and its value in words.
 *
 * @param title what it shows
 * @param unit of the values, for the scale
 * @param rows the bars
 * @param parts the names of a bar's parts, in their order; empty where bars have one part, which
 *     then has the row's colour
 */
public record BarChart(String title, String unit, List<Row> rows, List<String> parts)
    implements Chart {
  private static final double ROW = 52;
  private static final double BAR = 18;
  private static final double DOT = 3.2;
  private static final double WHISKER = 5;

  /** Keeps copies of the lists. */
  public BarChart {
    rows = List.copyOf(rows);
    parts = List.copyOf(parts);
  }

  /**
   * A bar.
   *
   * @param name on its left
   * @param note on its right: the value in words, or why there is none
   * @param colour its number among the colours of series, where bars have one part
   * @param values of its parts; a value that is not a number is left out
   * @param low the least that was seen; not a number where that is not known
   * @param high the most that was seen; not a number where that is not known
   * @param dots single values that were seen
   */
  public record Row(
      String name,
      String note,
      int colour,
      List<Double> values,
      double low,
      double high,
      List<Double> dots) {
    /** Keeps copies of the lists. */
    public Row {
      values = List.copyOf(values);
      dots = List.copyOf(dots);
    }

    /** A bar without a spread. */
    public static Row of(String name, String note, int colour, List<Double> values) {
      return new Row(name, note, colour, values, Double.NaN, Double.NaN, List.of());
    }

    private double end() {
      double sum = values.stream().mapToDouble(v -> v).filter(Double::isFinite).sum();
      return Double.isFinite(high) ? Math.max(sum, high) : sum;
    }
  }

  @Override
  public Drawing draw(int width) {
    double top = 0;
    Legend legend =
        new Legend(parts, IntStream.range(0, parts.size()).mapToObj(Ink::part).toList(), width);
    if (!parts.isEmpty()) {
      top = legend.height() + 4;
    }
    double bottom = top + rows.size() * ROW;
    Drawing drawing = new Drawing(width, (int) Math.round(bottom + 42));
    if (!parts.isEmpty()) {
      legend.draw(drawing, 0, 0);
    }
    double most = rows.stream().mapToDouble(Row::end).max().orElse(0);
    Scale across = new Scale(false, 0, most > 0 ? most : 1, 0, width - 10);
    drawScale(drawing, across, top, bottom);
    for (int i = 0; i < rows.size(); i++) {
      draw(drawing, rows.get(i), across, top + i * ROW);
    }
    return drawing;
  }

  private void drawScale(Drawing drawing, Scale across, double top, double bottom) {
    for (double tick : across.ticks(drawing.width() / 90)) {
      double at = across.at(tick);
      drawing.rule(at, top, at, bottom, Ink.GRID);
      drawing.text(
          at,
          bottom + 15,
          NumberText.tick(tick),
          at < 20 ? Anchor.START : Anchor.MIDDLE,
          Ink.MUTED);
    }
    drawing.rule(0, bottom, drawing.width(), bottom, Ink.AXIS);
    drawing.text(drawing.width(), bottom + 34, unit, Anchor.END, Ink.MUTED);
  }

  private void draw(Drawing drawing, Row row, Scale across, double top) {
    drawing.add(
        new Mark.Text(0, top + 15, row.name(), Anchor.START, Ink.TEXT, Drawing.LETTERS, true));
    drawing.text(drawing.width(), top + 15, row.note(), Anchor.END, Ink.MUTED);
    double y = top + 22;
    double x = across.start();
    for (int i = 0; i < row.values().size(); i++) {
      double value = row.values().get(i);
      if (Double.isFinite(value) && value > 0) {
        double length = across.at(value) - across.start();
        Ink ink = parts.isEmpty() ? Ink.series(row.colour()) : Ink.part(i);
        String tip = row.name() + (parts.isEmpty() ? "" : ", " + parts.get(i)) + ": "
            + NumberText.of(value, 3) + " " + unit;
        drawing.add(new Mark.Box(x, y, length, BAR, ink, 1, tip));
        x += length;
      }
    }
    drawSpread(drawing, row, across, y + BAR / 2);
  }

  private void drawSpread(Drawing drawing, Row row, Scale across, double middle) {
    double low = across.at(row.low());
    double high = across.at(row.high());
    if (high > low) {
      drawing.rule(low, middle, high, middle, Ink.TEXT);
      drawing.rule(low, middle - WHISKER, low, middle + WHISKER, Ink.TEXT);
      drawing.rule(high, middle - WHISKER, high, middle + WHISKER, Ink.TEXT);
    }
    for (double dot : row.dots()) {
      if (Double.isFinite(dot)) {
        String tip = row.name() + ", one repetition: " + NumberText.of(dot, 3) + " " + unit;
        drawing.add(new Mark.Dot(across.at(dot), middle, DOT, Ink.TEXT, tip));
      }
    }
  }
}
