package io.github.jvae.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.bench.chart.BarChart.Row;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A chart of bars")
final class BarChartTest {
  private static List<Mark.Box> boxes(BarChart chart) {
    return chart.draw(400).marks().stream()
        .filter(Mark.Box.class::isInstance)
        .map(Mark.Box.class::cast)
        .toList();
  }

  @Test
  @DisplayName("draws bars as long as their values, from nothing on")
  void lengths() {
    List<Mark.Box> boxes = boxes(new BarChart(
        "t",
        "images/s",
        List.of(
            Row.of("a", "200", 0, List.of(200.0)),
            Row.of("b", "failed", 1, List.of(Double.NaN)),
            Row.of("c", "50", 2, List.of(50.0))),
        List.of()));
    assertThat(boxes).extracting(Mark.Box::ink).containsExactly(Ink.SERIES_1, Ink.SERIES_3);
    assertThat(boxes).allMatch(box -> box.x() == 0);
    assertThat(boxes.get(0).width() / boxes.get(1).width()).isEqualTo(4, within(1e-9));
    assertThat(boxes.get(0).tip()).isEqualTo("a: 200 images/s");
  }

  @Test
  @DisplayName("puts the parts of a bar end to end, each in its colour")
  void parts() {
    BarChart chart = new BarChart(
        "t", "s", List.of(Row.of("a", "3 s", 0, List.of(1.0, 2.0))), List.of("start", "work"));
    List<Mark.Box> bars =
        boxes(chart).stream().filter(box -> !box.tip().isEmpty()).toList();
    assertThat(bars.get(1).x()).isEqualTo(bars.get(0).x() + bars.get(0).width(), within(1e-9));
    assertThat(bars).extracting(Mark.Box::ink).containsExactly(Ink.PART_1, Ink.PART_2);
    assertThat(bars.get(1).tip()).isEqualTo("a, work: 2.00 s");
  }

  @Test
  @DisplayName("keeps room for the greatest value that was seen, and shows each one")
  void spread() {
    BarChart chart = new BarChart(
        "t",
        "images/s",
        List.of(new Row("a", "", 0, List.of(100.0), 50, 200, List.of(50.0, 100.0, 200.0))),
        List.of());
    Drawing drawing = chart.draw(400);
    assertThat(boxes(chart).get(0).width()).isLessThan(210);
    assertThat(drawing.marks().stream().filter(Mark.Dot.class::isInstance))
        .hasSize(3)
        .allMatch(mark -> ((Mark.Dot) mark).x() <= 400);
  }

  @Test
  @DisplayName("can be drawn of nothing at all")
  void empty() {
    assertThat(boxes(new BarChart("t", "s", List.of(), List.of()))).isEmpty();
    assertThat(boxes(new BarChart("t", "s", List.of(Row.of("a", "none", 0, List.of())), List.of())))
        .isEmpty();
  }
}
