package io.github.jvae.bench.chart;

import io.github.jvae.bench.chart.Mark.Anchor;
import io.github.jvae.bench.chart.Mark.Dash;
import io.github.jvae.bench.chart.Mark.Point;
import io.github.jvae.bench.chart.Series.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Lines over a common axis.
 *
 * @param title what it shows
 * @param x across
 * @param y upwards
 * @param series the lines, undermost first
 * @param style how lines are drawn
 * @param guides values that are marked across the chart
 */
public record LineChart(
    String title, Axis x, Axis y, List<Series> series, Style style, List<Guide> guides)
    implements Chart {
  private static final double TICK_SPACE = 8;
  private static final double ROOM = 0.04;
  private static final double THINNEST = 1.6;
  private static final double WIDENING = 2.2;
  private static final double DOT = 3;

  /** Pixels between ticks that are named, at least; places that were measured may be closer. */
  private static final double TICK = 64;

  private static final double PLACE = 44;

  /** Keeps copies of the lists. */
  public LineChart {
    series = List.copyOf(series);
    guides = List.copyOf(guides);
  }

  /** How lines are drawn. */
  public enum Style {
    /** Those below are wider, so that lines that lie on each other can be told apart. */
    NESTED,
    /** All alike. */
    PLAIN,
    /** Each sample has a dot, and its spread a whisker. */
    MARKED
  }

  /** A value of interest, and what it is. */
  public record Guide(double value, String name) {}

  private boolean isMarked() {
    return style == Style.MARKED;
  }

  @Override
  public Drawing draw(int width) {
    Legend legend = new Legend(
        series.stream().map(Series::name).toList(),
        series.stream().map(s -> Ink.series(s.colour())).toList(),
        width);
    double top = legend.height() + 28;
    int height = (int) Math.round(top + width * 0.25 + 130);
    double bottom = height - 40;
    Drawing drawing = new Drawing(width, height);
    legend.draw(drawing, 0, 0);
    drawing.text(0, top - 10, y.label(), Anchor.START, Ink.MUTED);
    Scale up = scale(y, List.of(Sample::y, Sample::low, Sample::high), bottom, top);
    List<Double> levels = up.ticks((int) ((bottom - top) / 40));
    double left = levels.stream()
            .mapToDouble(level -> Drawing.widthOf(NumberText.tick(level)))
            .max()
            .orElse(0)
        + TICK_SPACE;
    Scale across = scale(x, List.of(Sample::x), left + (isMarked() ? 8 : 0), width - 14);
    for (double level : levels) {
      drawing.rule(left, up.at(level), width, up.at(level), Ink.GRID);
      drawing.text(
          left - TICK_SPACE, up.at(level) + 4, NumberText.tick(level), Anchor.END, Ink.MUTED);
    }
    drawAcross(drawing, across, left, bottom);
    guides.forEach(guide -> draw(drawing, guide, up, left));
    for (int i = 0; i < series.size(); i++) {
      draw(drawing, i, across, up);
    }
    return drawing;
  }

  private void drawAcross(Drawing drawing, Scale across, double left, double bottom) {
    int width = drawing.width();
    drawing.rule(left, bottom, width, bottom, Ink.AXIS);
    for (double tick : ticksAcross(across, width - left)) {
      double at = across.at(tick);
      drawing.rule(at, bottom, at, bottom + 4, Ink.AXIS);
      drawing.text(at, bottom + 17, NumberText.tick(tick), Anchor.MIDDLE, Ink.MUTED);
    }
    drawing.text(width, bottom + 35, x.label(), Anchor.END, Ink.MUTED);
  }

  private static void draw(Drawing drawing, Guide guide, Scale up, double left) {
    double y = up.at(guide.value());
    // Only where the chart reaches it.
    if (y >= Math.min(up.start(), up.end()) && y <= Math.max(up.start(), up.end())) {
      List<Point> ends = List.of(new Point(left, y), new Point(drawing.width(), y));
      drawing.add(new Mark.Line(ends, Ink.MUTED, 1.2, Dash.DASHED, 1));
      drawing.text(drawing.width(), y - 5, guide.name(), Anchor.END, Ink.MUTED);
    }
  }

  private void draw(Drawing drawing, int index, Scale across, Scale up) {
    Series line = series.get(index);
    Ink ink = Ink.series(line.colour());
    int above = style == Style.NESTED ? series.size() - 1 - index : 0;
    double width = THINNEST + WIDENING * above;
    for (List<Point> points : Curve.of(line, across, up)) {
      drawing.add(new Mark.Line(points, ink, width, Dash.SOLID, 1));
    }
    if (isMarked()) {
      line.samples().forEach(sample -> drawSample(drawing, line, sample, across, up));
    }
  }

  private void drawSample(Drawing drawing, Series line, Sample sample, Scale across, Scale up) {
    double at = across.at(sample.x());
    if (!Double.isFinite(at) || !Double.isFinite(up.at(sample.y()))) {
      return;
    }
    Ink ink = Ink.series(line.colour());
    double low = up.at(sample.low());
    double high = up.at(sample.high());
    // Upwards, pixels count down; an end that has no place is not a number.
    if (high < low) {
      drawing.rule(at, low, at, high, ink);
    }
    String tip =
        line.name() + ": " + NumberText.of(sample.y(), 3) + " at " + NumberText.tick(sample.x());
    drawing.add(new Mark.Dot(at, up.at(sample.y()), DOT, ink, tip));
  }

  /** Where few places were measured, it is those that matter. */
  private List<Double> ticksAcross(Scale across, double room) {
    List<Double> places = series.stream()
        .flatMap(line -> line.samples().stream())
        .map(Sample::x)
        .distinct()
        .sorted()
        .toList();
    return isMarked() && places.size() <= room / PLACE ? places : across.ticks((int) (room / TICK));
  }

  private Scale scale(Axis axis, List<ToDoubleFunction<Sample>> values, double start, double end) {
    double[] seen = series.stream()
        .flatMap(line -> line.samples().stream())
        .flatMapToDouble(
            sample -> values.stream().mapToDouble(value -> value.applyAsDouble(sample)))
        .filter(axis::holds)
        .toArray();
    double least = Arrays.stream(seen).min().orElse(axis.logarithmic() ? 1 : 0);
    double most = Arrays.stream(seen).max().orElse(least + 1);
    double low = Double.isNaN(axis.low()) ? least : axis.low();
    double high = Double.isNaN(axis.high()) ? most : axis.high();
    if (!(high > low)) {
      high = axis.logarithmic() ? low * 10 : low + Math.max(1, Math.abs(low) * ROOM);
    }
    // Across, lines may touch the edge; upwards they keep off it, unless it was asked for.
    double room = start < end ? 0 : ROOM;
    double ratio = axis.logarithmic() ? Math.pow(high / low, room) : 1;
    double difference = axis.logarithmic() ? 0 : (high - low) * room;
    return new Scale(
        axis.logarithmic(),
        Double.isNaN(axis.low()) ? low / ratio - difference : low,
        Double.isNaN(axis.high()) ? high * ratio + difference : high,
        start,
        end);
  }
}
