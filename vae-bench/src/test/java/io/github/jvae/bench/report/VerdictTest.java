package io.github.jvae.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.bench.compare.results.Agreement;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.SampleResults;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The verdict")
final class VerdictTest {
  private static String verdict(@Nullable Double difference, BackendResult... backends) {
    ComparisonResults sample = SampleResults.of(List.of(backends), false, null);
    ComparisonResults results = new ComparisonResults(
        1,
        false,
        sample.setup(),
        sample.machine(),
        sample.backends(),
        difference == null
            ? null
            : new Agreement(
                100, List.of(new Agreement.Pair("a", "b", difference, difference, 1, 0))),
        List.of(),
        null);
    return new Verdict(results, Engines.of(results)).sentence();
  }

  private static BackendResult backend(String name, double pace, double ratio) {
    return SampleResults.backend(name, name, pace, ratio, 0);
  }

  @Test
  @DisplayName("ranks by the ratios, whatever the order in which engines were asked for")
  void ranks() {
    assertThat(verdict(null, backend("a", 100, 0.5), backend("b", 200, 1)))
        .isEqualTo("b was fastest: 2.00 times as fast as a.");
  }

  @Test
  @DisplayName("calls no engine faster where chance explains the difference")
  void even() {
    assertThat(verdict(null, backend("a", 200, 1), backend("b", 198, 0.99)))
        .isEqualTo("a and b were equally fast, as far as can be told.");
    assertThat(verdict(null, backend("a", 200, 1), backend("b", 198, 0.99), backend("c", 50, 0.25)))
        .isEqualTo("a and b were fastest: 4.00 times as fast as c.");
  }

  @Test
  @DisplayName("says how well losses agree, and does not hide that they do not")
  void agreement() {
    BackendResult[] two = {backend("a", 100, 0.5), backend("b", 200, 1)};
    assertThat(verdict(3.4e-6, two))
        .endsWith("; all losses agree to 3e-6 over the first 100 steps.");
    assertThat(verdict(0.0, two)).endsWith("; all losses agree to 0 over the first 100 steps.");
    assertThat(verdict(0.0123, two))
        .endsWith("; but losses differ by up to 0.012 over the first 100 steps.");
    assertThat(verdict(Double.NaN, two)).endsWith("; but a loss is no number.");
  }

  @Test
  @DisplayName("does not rank one engine, or none")
  void few() {
    assertThat(verdict(null, backend("a", 100, 1))).isEqualTo("a trained at 100 images/s.");
    assertThat(verdict(null, SampleResults.failed("a", "x"), SampleResults.failed("b", "y")))
        .isEqualTo("No engine could be measured: a and b failed.");
    assertThat(verdict(null)).isEqualTo("No engine could be measured.");
  }
}
