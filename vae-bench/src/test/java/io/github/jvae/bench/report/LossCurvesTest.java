package io.github.jvae.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.SampleResults;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Curves of losses")
final class LossCurvesTest {
  private static LossCurves curves(double... roundings) {
    List<BackendResult> backends = IntStream.range(0, roundings.length)
        .mapToObj(i -> SampleResults.backend("b" + i, "B", 100 + i, 1, roundings[i]))
        .toList();
    return new LossCurves(Engines.of(SampleResults.of(backends, false, null)).trained());
  }

  @Test
  @DisplayName(
      "lie on each other where they differ by roundings, and not where they differ by more")
  void apart() {
    assertThat(curves(0, 1e-7).greatestShareApart()).isPositive().isLessThan(1e-4);
    assertThat(curves(0, 1e-2).greatestShareApart()).isGreaterThan(1e-2);
    assertThat(curves(0).greatestShareApart()).isZero();
  }

  @Test
  @DisplayName("are shown up to where all but the first steps can be told apart")
  void ceiling() {
    LossCurves curves = curves(0);
    assertThat(curves.ceiling()).isBetween(curves.loss(0, 30), curves.loss(0, 3));
  }

  @Test
  @DisplayName("differ relatively to the greater loss, by the same definition both ways")
  void difference() {
    LossCurves curves = curves(0, 1e-3);
    double a = curves.loss(0, 100);
    double b = curves.loss(1, 100);
    assertThat(curves.difference(1, 100))
        .isCloseTo(Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)), within(1e-15));
    assertThat(curves.differences().get(0).samples()).hasSize(SampleResults.STEPS);
    assertThat(curves.difference(1, 9999)).isNaN();
  }

  @Test
  @DisplayName("are told at a dozen steps, the first and the last among them")
  void tableSteps() {
    assertThat(curves(0).tableSteps())
        .hasSizeBetween(8, 12)
        .startsWith(1)
        .endsWith(SampleResults.STEPS)
        .isSorted();
  }
}
