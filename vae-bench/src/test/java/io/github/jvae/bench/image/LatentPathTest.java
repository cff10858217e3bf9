package io.github.jvae.bench.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The way between two latent vectors")
class LatentPathTest {
  private static final int STEPS = 7;

  private static HostTensor vector(double x, double y, double z) {
    return HostTensor.of(Shape.of(1, 3), (float) x, (float) y, (float) z);
  }

  @ParameterizedTest
  @DisplayName("along an arc stays on the sphere, goes in equal steps and ends where it should")
  @CsvSource({"0, 1, 0", "0.6, 0.8, 0", "-0.6, 0, 0.8", "-1, 0, 0", "1, 0, 0"})
  void arc(double x, double y, double z) {
    HostTensor end = vector(x, y, z);
    float[] path = LatentPath.arc(vector(1, 0, 0), end, STEPS).data();
    double whole = Math.acos(x);
    for (int step = 0; step < STEPS; step++) {
      double length = Math.sqrt(product(path, step, path, step));
      assertThat(length).isCloseTo(1, within(1e-6));
      if (step > 0) {
        double cosine = Math.min(1, product(path, step, path, step - 1));
        assertThat(Math.acos(cosine)).isCloseTo(whole / (STEPS - 1), within(2e-3));
      }
    }
    for (int i = 0; i < 3; i++) {
      assertThat(path[3 * (STEPS - 1) + i]).isCloseTo(end.data()[i], within(1e-6f));
    }
  }

  private static double product(float[] path, int step, float[] other, int otherStep) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += (double) path[3 * step + i] * other[3 * otherStep + i];
    }
    return sum;
  }

  @Test
  @DisplayName("along a line is straight")
  void line() {
    float[] path = LatentPath.line(vector(1, 0, 0), vector(0, 1, 0), 3).data();
    assertThat(path).containsExactly(1, 0, 0, 0.5f, 0.5f, 0, 0, 1, 0);
  }
}
