package io.github.jvae.bench.chart;

import io.github.jvae.bench.chart.Mark.Point;
import io.github.jvae.bench.chart.Series.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lines of a series on a pair of scales: broken where there is no value, cut off where the plot
 * ends, and with no more points than a reader can see.
 */
final class Curve {
  private final Scale x;
  private final Scale y;
  private final double top;
  private final double bottom;
  private final List<List<Point>> lines = new ArrayList<>();
  private List<Point> line = new ArrayList<>();

  private Curve(Scale x, Scale y) {
    this.x = x;
    this.y = y;
    this.top = Math.min(y.start(), y.end());
    this.bottom = Math.max(y.start(), y.end());
  }

  static List<List<Point>> of(Series series, Scale x, Scale y) {
    Curve curve = new Curve(x, y);
    for (List<Point> run : curve.runs(series.samples())) {
      curve.cut(thin(run));
      curve.end();
    }
    return curve.lines;
  }

  /** Stretches of samples that have a place. */
  private List<List<Point>> runs(List<Sample> samples) {
    List<List<Point>> runs = new ArrayList<>();
    List<Point> run = new ArrayList<>();
    for (Sample sample : samples) {
      Point point = new Point(x.at(sample.x()), y.at(sample.y()));
      if (Double.isFinite(point.x()) && Double.isFinite(point.y())) {
        run.add(point);
      } else if (!run.isEmpty()) {
        runs.add(run);
        run = new ArrayList<>();
      }
    }
    runs.add(run);
    return runs;
  }

  /** Keeps, of the points in one column of pixels, the first, the lowest, the highest, the last. */
  private static List<Point> thin(List<Point> run) {
    List<Point> kept = new ArrayList<>();
    int start = 0;
    while (start < run.size()) {
      int end = start;
      int least = start;
      int most = start;
      while (end < run.size()
          && (long) run.get(end).x() == (long) run.get(start).x()) {
        least = run.get(end).y() < run.get(least).y() ? end : least;
        most = run.get(end).y() > run.get(most).y() ? end : most;
        end++;
      }
      IntStream.of(start, least, most, end - 1)
          .distinct()
          .sorted()
          .mapToObj(run::get)
          .forEach(kept::add);
      start = end;
    }
    return kept;
  }

  private void cut(List<Point> run) {
    for (int i = 0; i < run.size(); i++) {
      Point here = run.get(i);
      if (i > 0 && isInside(run.get(i - 1)) != isInside(here)) {
        line.add(border(run.get(i - 1), here));
      }
      if (isInside(here)) {
        line.add(here);
      } else {
        end();
      }
    }
  }

  private void end() {
    if (!line.isEmpty()) {
      lines.add(line);
      line = new ArrayList<>();
    }
  }

  private boolean isInside(Point point) {
    return point.y() >= top - 1e-9 && point.y() <= bottom + 1e-9;
  }

  /** Where the way from one point to the other leaves or enters the plot. */
  private Point border(Point from, Point to) {
    double edge = Math.min(from.y(), to.y()) < top ? top : bottom;
    double share = (edge - from.y()) / (to.y() - from.y());
    return new Point(from.x() + share * (to.x() - from.x()), edge);
  }
}
