package io.github.jvae.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.bench.chart.ScatterChart.Dot;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A chart of points")
final class ScatterChartTest {
  private static List<Mark.Dot> dots(Drawing drawing) {
    return drawing.marks().stream()
        .filter(Mark.Dot.class::isInstance)
        .map(Mark.Dot.class::cast)
        .toList();
  }

  @Test
  @DisplayName("has a dot for each, in its group's colour, and equal lengths in both directions")
  void points() {
    ScatterChart chart = new ScatterChart(
        "title",
        "across",
        "up",
        List.of("cat", "dog"),
        List.of(new Dot(0, 0, 0), new Dot(10, 0, 1), new Dot(0, 2, 1)));
    Drawing drawing = chart.draw(400);
    List<Mark.Dot> dots = dots(drawing);
    assertThat(dots)
        .extracting(Mark.Dot::ink)
        .containsExactly(Ink.SERIES_1, Ink.SERIES_2, Ink.SERIES_2);
    double across = (dots.get(1).x() - dots.get(0).x()) / 10;
    double up = (dots.get(0).y() - dots.get(2).y()) / 2;
    assertThat(across).isPositive().isCloseTo(up, within(1e-9));
    assertThat(dots)
        .allMatch(dot -> dot.x() >= 0
            && dot.x() <= drawing.width()
            && dot.y() >= 0
            && dot.y() <= drawing.height());
    assertThat(drawing.marks())
        .filteredOn(Mark.Text.class::isInstance)
        .extracting(mark -> ((Mark.Text) mark).text())
        .contains("cat", "dog", "across", "up");
  }

  @Test
  @DisplayName("needs no groups, and no distance between its points")
  void plain() {
    Drawing drawing = new ScatterChart(
            "t", "x", "y", List.of(), List.of(new Dot(1, 2, 0), new Dot(1, 2, 0)))
        .draw(300);
    assertThat(dots(drawing)).hasSize(2).allMatch(dot -> Double.isFinite(dot.x() + dot.y()));
  }
}
