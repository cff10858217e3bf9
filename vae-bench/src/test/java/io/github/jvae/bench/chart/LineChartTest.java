package io.github.jvae.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.bench.chart.LineChart.Style;
import io.github.jvae.bench.chart.Mark.Point;
import io.github.jvae.bench.chart.Series.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A chart of lines")
final class LineChartTest {
  private static Series series(int colour, double... values) {
    List<Sample> samples = new ArrayList<>();
    DoubleStream.of(values).forEach(value -> samples.add(Sample.of(samples.size() + 1, value)));
    return new Series("series " + colour, colour, samples);
  }

  private static LineChart chart(Axis y, Series... series) {
    return new LineChart("title", Axis.linear("step"), y, List.of(series), Style.NESTED, List.of());
  }

  private static List<Mark.Line> lines(Drawing drawing, int colour) {
    return drawing.marks().stream()
        .filter(Mark.Line.class::isInstance)
        .map(Mark.Line.class::cast)
        .filter(line -> line.ink() == Ink.series(colour))
        .toList();
  }

  private static List<String> words(Drawing drawing) {
    return drawing.marks().stream()
        .filter(Mark.Text.class::isInstance)
        .map(mark -> ((Mark.Text) mark).text())
        .toList();
  }

  @Test
  @DisplayName("has a gap where a value is missing")
  void gaps() {
    Drawing drawing =
        chart(Axis.linear("loss"), series(0, 3, 2, Double.NaN, 1, 0)).draw(400);
    assertThat(lines(drawing, 0)).extracting(line -> line.points().size()).containsExactly(2, 2);
  }

  @Test
  @DisplayName("cuts lines off at the plot's edge, on the way to the point beyond")
  void cut() {
    Drawing drawing =
        chart(Axis.linear("loss").from(0).upTo(10), series(0, 20, 0, 5, -5)).draw(400);
    List<Point> points = lines(drawing, 0).get(0).points();
    double top = points.get(0).y();
    double bottom = points.get(1).y();
    assertThat(points).hasSize(4);
    assertThat(points.get(0).x())
        .isBetween(points.get(1).x() - 100, points.get(1).x() - 10);
    assertThat(points.get(3).y()).isEqualTo(bottom);
    assertThat(points).allMatch(point -> point.y() >= top && point.y() <= bottom);
  }

  @Test
  @DisplayName("keeps peaks when there are more values than pixels")
  void thinned() {
    double[] values = new double[100_000];
    values[50_017] = 1;
    values[70_001] = -1;
    List<Point> points =
        lines(chart(Axis.linear("loss"), series(0, values)).draw(400), 0).get(0).points();
    assertThat(points).hasSizeLessThan(4 * 400);
    assertThat(points.stream().map(Point::y).distinct()).hasSize(3);
  }

  @Test
  @DisplayName("shows all of several lines that lie on each other: those below are wider")
  void nested() {
    Drawing drawing = chart(Axis.linear("loss"), series(0, 2, 1), series(1, 2, 1), series(2, 2, 1))
        .draw(400);
    double first = lines(drawing, 0).get(0).width();
    double second = lines(drawing, 1).get(0).width();
    double third = lines(drawing, 2).get(0).width();
    assertThat(first).isGreaterThan(second);
    assertThat(second).isGreaterThan(third);
    assertThat(words(drawing)).contains("series 0", "series 1", "series 2", "loss", "step");
  }

  @Test
  @DisplayName("stays within the drawing, at any width")
  void within() {
    for (int width : new int[] {300, 358, 540, 1100}) {
      Drawing drawing =
          chart(Axis.linear("loss"), series(0, -1234567, 3, 8), series(4, 1, 1)).draw(width);
      for (Mark mark : drawing.marks()) {
        if (mark instanceof Mark.Line line) {
          assertThat(line.points())
              .allMatch(point -> point.x() >= 0 && point.x() <= width)
              .allMatch(point -> point.y() >= 0 && point.y() <= drawing.height());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("can be drawn of nothing, of one value, of equal values and of what is no number")
  void degenerate(boolean logarithmic) {
    Axis y = logarithmic ? Axis.logarithmic("difference") : Axis.linear("loss");
    for (double[] values : new double[][] {{}, {1}, {1, 1}, {0, 0}, {Double.NaN}, {-1, 1e300}}) {
      for (Style style : Style.values()) {
        LineChart chart =
            new LineChart("t", Axis.linear("x"), y, List.of(series(0, values)), style, List.of());
        for (Mark mark : chart.draw(400).marks()) {
          if (mark instanceof Mark.Line line) {
            assertThat(line.points())
                .allMatch(p -> Double.isFinite(p.x()) && Double.isFinite(p.y()));
          }
        }
      }
    }
  }

  @Test
  @DisplayName("marks a value of interest where the chart reaches it, and nowhere else")
  void guides() {
    List<LineChart.Guide> guides =
        List.of(new LineChart.Guide(2, "limit"), new LineChart.Guide(99, "far"));
    LineChart chart = new LineChart(
        "t", Axis.linear("x"), Axis.linear("y"), List.of(series(0, 1, 3)), Style.PLAIN, guides);
    assertThat(words(chart.draw(400))).contains("limit").doesNotContain("far");
  }

  @Test
  @DisplayName("with marks names the places that were measured, and shows each one's spread")
  void marked() {
    Series sweep = new Series(
        "djl",
        1,
        List.of(new Sample(1, 2, 1, 3), new Sample(8, 4, 4, 5), new Sample(512, 9, 8, 30)));
    Drawing drawing = new LineChart(
            "t",
            Axis.logarithmic("batch"),
            Axis.logarithmic("ms"),
            List.of(sweep),
            Style.MARKED,
            List.of())
        .draw(540);
    assertThat(words(drawing)).contains("1", "8", "512");
    assertThat(drawing.marks().stream().filter(Mark.Dot.class::isInstance))
        .hasSize(3)
        .allMatch(mark -> ((Mark.Dot) mark).tip().startsWith("djl: "));
    assertThat(lines(drawing, 1)).hasSize(1 + 3);
  }
}
