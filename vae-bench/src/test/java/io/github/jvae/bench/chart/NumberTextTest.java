package io.github.jvae.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A number in words")
final class NumberTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 3 | 0",
        "1 | 3 | 1.00",
        "0.5 | 3 | 0.500",
        "0.0123456 | 3 | 0.0123",
        "12.345 | 3 | 12.3",
        "99.96 | 3 | 100",
        "1234.56 | 3 | 1,235",
        "-1234567 | 3 | −1,234,567",
        "-0.25 | 2 | −0.25",
        "0.000012345 | 2 | 1.2e-5",
        "-2e-6 | 1 | −2e-6",
        "31415926 | 3 | 3.14e7",
        "NaN | 3 | –",
        "-Infinity | 3 | −∞",
      })
  @DisplayName("has the digits that count, and a true minus sign")
  void digits(double value, int digits, String text) {
    assertThat(NumberText.of(value, digits)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "0.30000000000000004 | 0.3",
        "-1000 | −1,000",
        "2.5 | 2.5",
        "0.001 | 0.001",
        "1e-5 | 1e-5",
        "2.5e-7 | 2.5e-7",
        "1e8 | 1e8",
      })
  @DisplayName("beside a scale has no zeros that say nothing")
  void ticks(double value, String text) {
    assertThat(NumberText.tick(value)).isEqualTo(text);
  }
}
