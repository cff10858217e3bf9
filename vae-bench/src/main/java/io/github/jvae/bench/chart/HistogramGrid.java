package io.github.jvae.bench.chart;

import io.github.jvae.bench.chart.Mark.Anchor;
import io.github.jvae.bench.chart.Mark.Dash;
import io.github.jvae.bench.chart.Mark.Point;
import java.util.List;

/**
 * Histograms beside and below each other, each on a scale of its own, with the count that is
 * expected as a dashed line and a band that counts seldom leave.
 *
 * @param title what they show
 * @param across what the bins are of
 * @param panels from left to right, row after row
 */
public record HistogramGrid(String title, String across, List<Panel> panels) implements Chart {
  private static final double PANEL_WIDTH = 220;
  private static final double PANEL_HEIGHT = 150;
  private static final double HEAD = 40;
  private static final double GAP = 18;
  private static final double BETWEEN_BARS = 1;
  private static final double ROOM_ABOVE = 1.05;

  /** Keeps a copy of the panels. */
  public HistogramGrid {
    panels = List.copyOf(panels);
  }

  /**
   * A histogram.
   *
   * @param name above it
   * @param note below its name
   * @param colour its number among the colours of series
   * @param counts of the bins, from left to right
   * @param expected count of each bin
   * @param low the least count that is not seldom
   * @param high the greatest count that is not seldom
   */
  public record Panel(
      String name,
      String note,
      int colour,
      List<Integer> counts,
      double expected,
      double low,
      double high) {
    /** Keeps a copy of the counts. */
    public Panel {
      counts = List.copyOf(counts);
    }

    private double top() {
      return Math.max(high, counts.stream().mapToInt(count -> count).max().orElse(0));
    }
  }

  @Override
  public Drawing draw(int width) {
    int columns = Math.max(1, (int) ((width + GAP) / (PANEL_WIDTH + GAP)));
    double each = (width + GAP) / columns - GAP;
    int rows = (panels.size() + columns - 1) / columns;
    double row = HEAD + PANEL_HEIGHT + GAP;
    Drawing drawing = new Drawing(width, (int) Math.round(rows * row + 20));
    for (int i = 0; i < panels.size(); i++) {
      double left = i % columns * (each + GAP);
      int above = i / columns;
      double top = above * row + HEAD;
      Scale up = new Scale(false, 0, ROOM_ABOVE * panels.get(i).top(), top + PANEL_HEIGHT, top);
      draw(drawing, panels.get(i), up, left, each);
    }
    drawing.text(width, drawing.height() - 6.0, across, Anchor.END, Ink.MUTED);
    return drawing;
  }

  private static void draw(Drawing drawing, Panel panel, Scale up, double left, double width) {
    double top = up.end();
    drawing.add(
        new Mark.Text(left, top - 22, panel.name(), Anchor.START, Ink.TEXT, Drawing.LETTERS, true));
    drawing.text(left, top - 7, panel.note(), Anchor.START, Ink.MUTED);
    drawing.add(new Mark.Box(
        left,
        up.at(panel.high()),
        width,
        up.at(panel.low()) - up.at(panel.high()),
        Ink.AXIS,
        0.5,
        ""));
    double bin = width / panel.counts().size();
    for (int i = 0; i < panel.counts().size(); i++) {
      int count = panel.counts().get(i);
      drawing.add(new Mark.Box(
          left + i * bin + BETWEEN_BARS / 2,
          up.at(count),
          bin - BETWEEN_BARS,
          up.start() - up.at(count),
          Ink.series(panel.colour()),
          0.75,
          panel.name() + ": " + count + " of " + NumberText.of(panel.expected(), 3) + " expected"));
    }
    double expected = up.at(panel.expected());
    drawing.add(new Mark.Line(
        List.of(new Point(left, expected), new Point(left + width, expected)),
        Ink.TEXT,
        1.2,
        Dash.DASHED,
        1));
    drawing.rule(left, up.start(), left + width, up.start(), Ink.AXIS);
  }
}
