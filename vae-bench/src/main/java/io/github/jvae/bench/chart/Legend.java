package io.github.jvae.bench.chart;

import io.github.jvae.bench.chart.Mark.Anchor;
import java.util.ArrayList;
import java.util.List;

/** Names beside their colours, in as many rows as they need. */
final class Legend {
  private static final double ROW = 20;
  private static final double SWATCH = 14;
  private static final double GAP = 18;

  private final List<Entry> entries = new ArrayList<>();
  private final int rows;

  private record Entry(String name, Ink ink, double x, int row) {}

  /**
   * @param names in their order
   * @param inks one for each name
   * @param width the room there is
   */
  Legend(List<String> names, List<Ink> inks, double width) {
    double x = 0;
    int row = 0;
    for (int i = 0; i < names.size(); i++) {
      double wide = SWATCH + 6 + Drawing.widthOf(names.get(i));
      if (x > 0 && x + wide > width) {
        x = 0;
        row++;
      }
      entries.add(new Entry(names.get(i), inks.get(i), x, row));
      x += wide + GAP;
    }
    this.rows = row + 1;
  }

  double height() {
    return rows * ROW;
  }

  void draw(Drawing drawing, double left, double top) {
    for (Entry entry : entries) {
      double x = left + entry.x();
      double y = top + entry.row() * ROW;
      drawing.add(new Mark.Box(x, y + 4, SWATCH, 8, entry.ink(), 1, ""));
      drawing.text(x + SWATCH + 6, y + 12, entry.name(), Anchor.START, Ink.TEXT);
    }
  }
}
