package io.github.jvae.bench.chart;

import java.util.List;

/** Something drawn, in pixels from the top left corner. */
public sealed interface Mark {
  /** A place. */
  record Point(double x, double y) {}

  /** How a line is broken up. */
  enum Dash {
    SOLID,
    DASHED,
    DOTTED
  }

  /** Which end of a text is at its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * A line through points.
   *
   * @param opacity from 0, invisible, to 1
   */
  record Line(List<Point> points, Ink ink, double width, Dash dash, double opacity)
      implements Mark {}

  /**
   * A filled rectangle.
   *
   * @param tip what a reader who points at it is told; may be empty
   */
  record Box(double x, double y, double width, double height, Ink ink, double opacity, String tip)
      implements Mark {}

  /**
   * A filled circle.
   *
   * @param tip what a reader who points at it is told; may be empty
   */
  record Dot(double x, double y, double radius, Ink ink, String tip) implements Mark {}

  /**
   * Words, on their base line.
   *
   * @param size of the letters
   */
  record Text(double x, double y, String text, Anchor anchor, Ink ink, double size, boolean bold)
      implements Mark {}
}
