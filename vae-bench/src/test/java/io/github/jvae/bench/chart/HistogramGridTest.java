package io.github.jvae.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A grid of histograms")
final class HistogramGridTest {
  @Test
  @DisplayName("draws bars as high as their counts, each panel on its own scale and in its place")
  void bars() {
    HistogramGrid grid = new HistogramGrid(
        "t",
        "rank",
        List.of(
            new HistogramGrid.Panel("a", "p 1", 0, List.of(10, 20), 15, 5, 25),
            new HistogramGrid.Panel("b", "p 0", 1, List.of(100, 0), 50, 40, 60)));
    Drawing drawing = grid.draw(500);
    List<Mark.Box> bars = drawing.marks().stream()
        .filter(Mark.Box.class::isInstance)
        .map(Mark.Box.class::cast)
        .filter(box -> !box.tip().isEmpty())
        .toList();
    assertThat(bars).hasSize(4);
    assertThat(bars.get(1).height() / bars.get(0).height()).isCloseTo(2, within(1e-9));
    assertThat(bars.get(2).height()).isGreaterThan(bars.get(1).height());
    assertThat(bars.get(3).height()).isZero();
    assertThat(bars.get(2).x()).isGreaterThan(bars.get(1).x() + bars.get(1).width());
    assertThat(bars.get(0).tip()).isEqualTo("a: 10 of 15.0 expected");
    // The title is whoever's who shows the chart.
    assertThat(drawing.marks())
        .filteredOn(Mark.Text.class::isInstance)
        .extracting(mark -> ((Mark.Text) mark).text())
        .containsExactly("a", "p 1", "b", "p 0", "rank");
  }
}
