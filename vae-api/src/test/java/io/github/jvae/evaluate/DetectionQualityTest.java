package io.github.jvae.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.VaeException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The quality of detection")
@Label("The quality of detection")
final class DetectionQualityTest {
  private static double[] doubles(List<Integer> values) {
    return values.stream().mapToDouble(Integer::doubleValue).toArray();
  }

  /** Counts pairs one by one. */
  private static double countedAuroc(double[] normal, double[] anomalous) {
    double pairs = 0;
    for (double anomaly : anomalous) {
      for (double usual : normal) {
        pairs += anomaly > usual ? 1 : anomaly == usual ? 0.5 : 0;
      }
    }
    return pairs / normal.length / anomalous.length;
  }

  /** Goes through the thresholds one by one, each counted anew. */
  private static double countedPrecision(double[] normal, double[] anomalous) {
    double[] thresholds = DoubleStream.concat(Arrays.stream(normal), Arrays.stream(anomalous))
        .distinct()
        .sorted()
        .toArray();
    double sum = 0;
    double recallBefore = 0;
    for (int i = thresholds.length - 1; i >= 0; i--) {
      double threshold = thresholds[i];
      double found = Arrays.stream(anomalous).filter(s -> s >= threshold).count();
      double wrong = Arrays.stream(normal).filter(s -> s >= threshold).count();
      double recall = found / anomalous.length;
      sum += (recall - recallBefore) * found / (found + wrong);
      recallBefore = recall;
    }
    return sum;
  }

  @Property
  @Label("is what counting pairs and thresholds one by one gives, with many ties")
  void counted(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 12) Integer> normal,
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 3, max = 15) Integer> anomalous) {
    double[] low = doubles(normal);
    double[] high = doubles(anomalous);
    DetectionQuality quality = DetectionQuality.of(low, high);
    assertThat(quality.auroc()).isCloseTo(countedAuroc(low, high), within(1e-12));
    assertThat(quality.averagePrecision()).isCloseTo(countedPrecision(low, high), within(1e-12));
    assertThat(quality.normals()).isEqualTo(normal.size());
    assertThat(quality.anomalies()).isEqualTo(anomalous.size());
    assertThat(low).isEqualTo(doubles(normal));
  }

  @Test
  @DisplayName("takes infinite scores for what they are, and a negative zero for zero")
  void ends() {
    double most = Double.POSITIVE_INFINITY;
    double[] normal = {0, most, -0.0};
    double[] anomalous = {most, -0.0, -most};
    DetectionQuality quality = DetectionQuality.of(normal, anomalous);
    assertThat(quality.auroc()).isCloseTo((2.5 + 1) / 9, within(1e-12));
    assertThat(quality.averagePrecision())
        .isCloseTo(
            countedPrecision(new double[] {0, most, 0}, new double[] {most, 0, -most}),
            within(1e-12));
  }

  @Test
  @DisplayName("is 1 where all anomalies are above, 0 where all are below, 0.5 where all are equal")
  void known() {
    assertThat(DetectionQuality.of(new double[] {1, 2}, new double[] {3, 4}))
        .isEqualTo(new DetectionQuality(1, 1, 2, 2));
    assertThat(DetectionQuality.of(new double[] {3, 4}, new double[] {1, 2}).auroc())
        .isZero();
    assertThat(DetectionQuality.of(new double[] {7, 7, 7}, new double[] {7}))
        .isEqualTo(new DetectionQuality(0.5, 0.25, 3, 1));
    // As scikit-learn's documentation has it: labels 0 0 1 1, scores 0.1 0.4 0.35 0.8.
    DetectionQuality published =
        DetectionQuality.of(new double[] {0.1, 0.4}, new double[] {0.35, 0.8});
    assertThat(published.auroc()).isCloseTo(0.75, within(1e-12));
    assertThat(published.averagePrecision()).isCloseTo(0.83333333, within(1e-8));
  }

  @Test
  @DisplayName("is refused in one sentence without one kind of examples, or with what is no number")
  void refused() {
    assertThatThrownBy(() -> DetectionQuality.of(new double[0], new double[] {1}))
        .isInstanceOf(VaeException.class)
        .hasMessage("there is no score of normal examples; give at least one");
    assertThatThrownBy(() -> DetectionQuality.of(new double[] {1}, new double[] {1, Double.NaN}))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("of the scores of anomalous examples, number 1 (from 0) is not a");
  }
}
