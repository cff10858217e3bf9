package io.github.jvae.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A sum of weights known by their logarithms")
final class WeightSumTest {
  private static WeightSum of(double... logWeights) {
    WeightSum sum = new WeightSum();
    for (double logWeight : logWeights) {
      sum.add(logWeight);
    }
    return sum;
  }

  @Test
  @DisplayName("has the logarithm of the mean weight, not the mean of the logarithms")
  void logMean() {
    assertThat(of(Math.log(1), Math.log(2), Math.log(6)).logMean())
        .isCloseTo(Math.log(3), within(1e-12));
    assertThat(of(-100_000, -100_001, -99_999).logMean())
        .isCloseTo(-99_999 + Math.log((1 + Math.exp(-1) + Math.exp(-2)) / 3), within(1e-9));
    assertThat(of(-7).logMean()).isEqualTo(-7);
  }

  @Test
  @DisplayName("counts the draws: twice as many of the same weight change nothing")
  void counts() {
    assertThat(of(3, 3, 3, 3).logMean()).isCloseTo(3, within(1e-12));
    assertThat(of(3, 3, 3, 3).effectiveSampleSize()).isCloseTo(4, within(1e-12));
    assertThat(of(3, 3, 3, 3).standardError()).isZero();
    assertThat(of(0, -1000, -1000).effectiveSampleSize()).isCloseTo(1, within(1e-12));
  }

  @Test
  @DisplayName("has the standard error of the delta method")
  void standardError() {
    // Weights 1, 2, 6: mean 3, variance 7.
    assertThat(of(Math.log(1), Math.log(2), Math.log(6)).standardError())
        .isCloseTo(Math.sqrt(7.0 / 3) / 3, within(1e-12));
    assertThat(of(4).standardError()).isNaN();
  }

  @Test
  @DisplayName("may hold weights of 0, alone or first")
  void zero() {
    double none = Double.NEGATIVE_INFINITY;
    assertThat(of(none, none).logMean()).isEqualTo(none);
    assertThat(of(none, 0, none, 0).logMean()).isCloseTo(Math.log(0.5), within(1e-12));
  }
}
