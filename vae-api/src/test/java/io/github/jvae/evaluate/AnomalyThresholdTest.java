package io.github.jvae.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A threshold of anomaly")
@Label("A threshold of anomaly")
final class AnomalyThresholdTest {
  @Test
  @DisplayName("of a quantile is the score that so many of a hundred are not above")
  void hundred() {
    double[] scores = IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();
    for (int percent = 1; percent < 100; percent++) {
      assertThat(AnomalyThreshold.ofQuantile(scores, percent / 100.0).value()).isEqualTo(percent);
    }
    assertThat(AnomalyThreshold.ofQuantile(scores, 0.985).value()).isEqualTo(99);
    assertThat(AnomalyThreshold.ofQuantile(scores, 0.999).value()).isEqualTo(100);
    assertThat(scores[0]).as("not changed").isEqualTo(100);
  }

  @Property
  @Label("calls no more of the given scores anomalous than the quantile leaves, and no lower score"
      + " does so")
  void share(
      @ForAll @Size(min = 1, max = 60) int[] given,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double quantile,
      @ForAll @IntRange(min = 1, max = 5) int coarse) {
    double[] scores = Arrays.stream(given).mapToDouble(i -> i % (3 * coarse)).toArray();
    AnomalyThreshold threshold = AnomalyThreshold.ofQuantile(scores, quantile);
    assertThat(scores).contains(threshold.value());
    double within =
        Arrays.stream(scores).filter(s -> !threshold.isExceededBy(s)).count();
    double below = Arrays.stream(scores).filter(s -> s < threshold.value()).count();
    assertThat(within).isGreaterThanOrEqualTo(quantile * scores.length * (1 - 1e-9));
    assertThat(below).isLessThan(quantile * scores.length);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 99, Double.NaN})
  @DisplayName("is refused for a quantile that is none")
  void refused(double quantile) {
    assertThatThrownBy(() -> AnomalyThreshold.ofQuantile(new double[] {1}, quantile))
        .isInstanceOf(VaeException.class)
        .hasMessage("the quantile of a threshold must be above 0 and below 1, not " + quantile);
  }
}
