package io.github.jvae.bench.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A histogram")
final class HistogramTest {
  private static Histogram of(float... numbers) {
    return Histogram.of(List.of(numbers)).orElseThrow();
  }

  @Test
  @DisplayName("counts every number in the bucket that it lies in")
  void counts() {
    float[] some = new float[1000];
    float[] others = new float[777];
    RandomStream.of(1).fillGaussian(some);
    RandomStream.of(2).fillGaussian(others);
    Histogram histogram = Histogram.of(List.of(some, others)).orElseThrow();
    assertThat(histogram.count()).isEqualTo(1777);
    assertThat(histogram.limits()).isSorted().hasSameSizeAs(histogram.buckets());
    assertThat(histogram.limits()).last().isEqualTo(histogram.max());
    double below = Math.nextDown(histogram.min());
    double sum = 0;
    for (int i = 0; i < histogram.limits().size(); i++) {
      double limit = histogram.limits().get(i);
      long expected = 0;
      for (float[] part : List.of(some, others)) {
        for (float number : part) {
          expected += number > below && number <= limit ? 1 : 0;
        }
      }
      assertThat(histogram.buckets().get(i)).isEqualTo(expected);
      below = limit;
    }
    for (float number : some) {
      sum += number;
    }
    for (float number : others) {
      sum += number;
    }
    assertThat(histogram.sum()).isCloseTo(sum, within(1e-6));
  }

  @Test
  @DisplayName("of equal numbers has one bucket, and of neighbours as many as of any others")
  void narrow() {
    Histogram equal = of(0.25f, 0.25f, 0.25f);
    assertThat(equal.limits()).containsExactly(0.25);
    assertThat(equal.buckets()).containsExactly(3L);
    Histogram neighbours = of(1e30f, Math.nextUp(1e30f));
    assertThat(neighbours.limits()).doesNotHaveDuplicates().hasSize(30);
    assertThat(neighbours.buckets()).first().isEqualTo(1L);
    assertThat(neighbours.buckets()).last().isEqualTo(1L);
  }

  @Test
  @DisplayName("leaves out what is not finite, and is none of nothing")
  void notFinite() {
    Histogram histogram = of(Float.NaN, 1, Float.POSITIVE_INFINITY, 3);
    assertThat(histogram.count()).isEqualTo(2);
    assertThat(histogram.sumOfSquares()).isEqualTo(10);
    assertThat(Histogram.of(List.of())).isEmpty();
    assertThat(Histogram.of(List.of(new float[] {Float.NaN}))).isEmpty();
  }
}
