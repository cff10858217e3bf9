package io.github.jvae.bench.chart;

import io.github.jvae.bench.chart.Mark.Anchor;
import io.github.jvae.bench.chart.Mark.Dash;
import io.github.jvae.bench.chart.Mark.Point;
import java.util.ArrayList;
import java.util.List;

/** Marks on a plane, the first one undermost. */
public final class Drawing {
  /** The usual size of letters. */
  static final double LETTERS = 12;

  /** How much of its size a letter is wide, on average; near enough to keep words apart. */
  private static final double LETTER_WIDTH = 0.56;

  private final int width;
  private final int height;
  private final List<Mark> marks = new ArrayList<>();

  Drawing(int width, int height) {
    this.width = width;
    this.height = height;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The marks, the first one undermost. */
  public List<Mark> marks() {
    return List.copyOf(marks);
  }

  void add(Mark mark) {
    marks.add(mark);
  }

  /** A thin solid line between two points. */
  void rule(double x1, double y1, double x2, double y2, Ink ink) {
    add(new Mark.Line(List.of(new Point(x1, y1), new Point(x2, y2)), ink, 1, Dash.SOLID, 1));
  }

  void text(double x, double y, String text, Anchor anchor, Ink ink) {
    add(new Mark.Text(x, y, text, anchor, ink, LETTERS, false));
  }

  /** About how many pixels a text of the usual size is wide. */
  static double widthOf(String text) {
    return text.codePointCount(0, text.length()) * LETTERS * LETTER_WIDTH;
  }
}
