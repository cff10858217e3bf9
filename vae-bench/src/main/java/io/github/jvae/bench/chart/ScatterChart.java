package io.github.jvae.bench.chart;

import io.github.jvae.bench.chart.Mark.Anchor;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Points on a plane, coloured by the group that each belongs to. A length is the same in both
 * directions.
 *
 * @param title what it shows
 * @param across the quantity across
 * @param up the quantity upwards
 * @param groups the names of the groups; none of them where points have no group
 * @param dots the points, undermost first
 */
public record ScatterChart(
    String title, String across, String up, List<String> groups, List<Dot> dots) implements Chart {
  private static final double RADIUS = 2;
  private static final double TICK_SPACE = 8;
  private static final double MARGIN = 40;
  private static final double ROOM = 0.03;
  private static final int TICK = 80;

  /** Keeps copies of the lists. */
  public ScatterChart {
    groups = List.copyOf(groups);
    dots = List.copyOf(dots);
  }

  /**
   * A point.
   *
   * @param group its place in the list of groups; 0 where there are none
   */
  public record Dot(double x, double y, int group) {}

  /** The values that one direction shows. */
  private record Span(double low, double high) {
    static Span of(List<Dot> dots, ToDoubleFunction<Dot> value) {
      double low = dots.stream().mapToDouble(value).min().orElse(0);
      double high = dots.stream().mapToDouble(value).max().orElse(1);
      return new Span(low, high).widenedBy(ROOM * (high - low));
    }

    Span widenedBy(double room) {
      return new Span(low - room, high + room);
    }

    double length() {
      return high - low;
    }
  }

  @Override
  public Drawing draw(int width) {
    Legend legend = new Legend(
        groups, IntStream.range(0, groups.size()).mapToObj(Ink::series).toList(), width);
    double top = (groups.isEmpty() ? 0 : legend.height()) + 28;
    double left = MARGIN + TICK_SPACE;
    double bottom = top + width - left;
    Drawing drawing = new Drawing(width, (int) Math.round(bottom + MARGIN));
    if (!groups.isEmpty()) {
      legend.draw(drawing, 0, 0);
    }
    Span x = Span.of(dots, Dot::x);
    Span y = Span.of(dots, Dot::y);
    double longest = Math.max(x.length(), y.length());
    double length = longest > 0 ? longest : 1;
    Scale across = scale(x.widenedBy((length - x.length()) / 2), left, width);
    Scale up = scale(y.widenedBy((length - y.length()) / 2), bottom, top);
    drawAxes(drawing, across, up);
    for (Dot dot : dots) {
      drawing.add(
          new Mark.Dot(across.at(dot.x()), up.at(dot.y()), RADIUS, Ink.series(dot.group()), ""));
    }
    return drawing;
  }

  private static Scale scale(Span span, double start, double end) {
    return new Scale(false, span.low(), span.high(), start, end);
  }

  private void drawAxes(Drawing drawing, Scale acrossScale, Scale upScale) {
    double left = acrossScale.start();
    double bottom = upScale.start();
    int ticks = Math.max(2, (drawing.width() - (int) left) / TICK);
    drawing.text(0, upScale.end() - 10, up, Anchor.START, Ink.MUTED);
    for (double level : upScale.ticks(ticks)) {
      double at = upScale.at(level);
      drawing.rule(left, at, drawing.width(), at, Ink.GRID);
      drawing.text(left - TICK_SPACE, at + 4, NumberText.tick(level), Anchor.END, Ink.MUTED);
    }
    for (double tick : acrossScale.ticks(ticks)) {
      double at = acrossScale.at(tick);
      drawing.rule(at, upScale.end(), at, bottom, Ink.GRID);
      drawing.text(at, bottom + 17, NumberText.tick(tick), Anchor.MIDDLE, Ink.MUTED);
    }
    drawing.rule(left, bottom, drawing.width(), bottom, Ink.AXIS);
    drawing.text(drawing.width(), bottom + 35, across, Anchor.END, Ink.MUTED);
  }
}
