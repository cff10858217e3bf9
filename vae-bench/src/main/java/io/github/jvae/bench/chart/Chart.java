package io.github.jvae.bench.chart;

/** Something that can be drawn at any width. */
public interface Chart {
  /** What it shows, in a few words. */
  String title();

  /**
   * Draws it.
   *
   * @param width in pixels; the height follows
   */
  Drawing draw(int width);
}
