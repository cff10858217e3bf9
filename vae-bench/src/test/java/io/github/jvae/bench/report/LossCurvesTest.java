package io.github.jvae.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.bench.compare.results.Agreement;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.LossCurve;
import io.github.jvae.bench.compare.results.SampleResults;
import java.util.List;
import java.util.Objects;
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
    double size = Math.max(usual(curves), Math.max(Math.abs(a), Math.abs(b)));
    assertThat(curves.difference(1, 100)).isCloseTo(Math.abs(a - b) / size, within(1e-15));
    assertThat(curves.differences().get(0).samples()).hasSize(SampleResults.STEPS);
    assertThat(curves.difference(1, 9999)).isNaN();
  }

  @Test
  @DisplayName("differ relatively to their usual size where they pass through 0")
  void throughZero() {
    LossCurve passing =
        new LossCurve(List.of(1, 2, 3), List.of(0.1, 0.2, 0.3), List.of(100.0, 0.001, -300.0));
    assertThat(passing.usualSize()).isEqualTo(100);
    double usual = Agreement.usualSize(passing, passing);
    assertThat(Agreement.difference(0.001, 0.002, usual)).isCloseTo(1e-5, within(1e-15));
    assertThat(Agreement.difference(-300, -300.3, usual)).isCloseTo(0.3 / 300.3, within(1e-12));
    assertThat(Agreement.difference(0, 0, 0)).isZero();
    assertThat(Agreement.difference(1, Double.NaN, usual)).isNaN();
  }

  private static double usual(LossCurves curves) {
    LossCurve curve = Objects.requireNonNull(curves.engines().get(0).losses());
    return curve.usualSize();
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
