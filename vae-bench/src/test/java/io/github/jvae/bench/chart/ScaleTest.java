package io.github.jvae.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A scale")
final class ScaleTest {
  @Test
  @DisplayName("puts equal differences equally far apart, in either direction")
  void linear() {
    Scale up = new Scale(false, -10, 10, 200, 0);
    assertThat(up.at(-10)).isEqualTo(200);
    assertThat(up.at(0)).isEqualTo(100);
    assertThat(up.at(10)).isEqualTo(0);
    assertThat(up.at(Double.NaN)).isNaN();
    assertThat(up.at(Double.POSITIVE_INFINITY)).isNaN();
    assertThat(up.ticks(5)).containsExactly(-10.0, -5.0, 0.0, 5.0, 10.0);
    assertThat(new Scale(false, 0, 0.7, 0, 1).ticks(4)).containsExactly(0.0, 0.2, 0.4, 3 * 0.2);
  }

  @Test
  @DisplayName("puts equal ratios equally far apart where it is logarithmic")
  void logarithmic() {
    Scale across = new Scale(true, 1e-8, 1e-4, 0, 400);
    assertThat(across.at(1e-6)).isCloseTo(200, within(1e-9));
    assertThat(across.at(0)).isNaN();
    assertThat(across.at(-1)).isNaN();
    assertThat(across.ticks(5)).hasSize(5);
    assertThat(across.ticks(5).get(0)).isCloseTo(1e-8, within(1e-20));
    assertThat(across.ticks(2)).hasSizeBetween(2, 3);
    assertThat(new Scale(true, 0.3, 21, 0, 1).ticks(5))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
        .containsExactly(0.5, 1.0, 2.0, 5.0, 10.0, 20.0);
  }

  @Test
  @DisplayName("has no ticks where the range cannot be divided, instead of endlessly many")
  void indivisible() {
    assertThat(new Scale(false, 0, Double.MIN_VALUE, 0, 100).ticks(9)).isEmpty();
    assertThat(new Scale(false, -Double.MAX_VALUE, Double.MAX_VALUE, 0, 100).ticks(9))
        .isEmpty();
  }
}
