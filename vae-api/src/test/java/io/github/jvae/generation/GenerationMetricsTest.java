package io.github.jvae.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.Vae;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Generated examples are compared with real ones")
class GenerationMetricsTest {
  private static HostTensor vectors(int columns, double... numbers) {
    HostTensor result = HostTensor.zeros(Shape.of(numbers.length / columns, columns));
    for (int i = 0; i < numbers.length; i++) {
      result.data()[i] = (float) numbers[i];
    }
    return result;
  }

  @Test
  @DisplayName("by the Fréchet distance, which is 0 between equal sets and otherwise the formula's")
  void frechet() {
    // Means (0, 0), variances 2 and 8 without covariance: four corners, divided by n - 1.
    double a = Math.sqrt(1.5);
    double b = Math.sqrt(6);
    HostTensor one = vectors(2, a, b, a, -b, -a, b, -a, -b);
    assertThat(FrechetDistance.between(one, one)).isCloseTo(0, within(1e-5));
    // Half as far out and moved by (3, 4): 25 + 2 + 8 + 0.5 + 2 - 2 (1 + 4).
    HostTensor other = vectors(
        2, 3 + a / 2, 4 + b / 2, 3 + a / 2, 4 - b / 2, 3 - a / 2, 4 + b / 2, 3 - a / 2, 4 - b / 2);
    assertThat(FrechetDistance.between(one, other)).isCloseTo(27.5, within(1e-4));
    // Turned by 45 degrees, the covariances do not commute: C C' has the eigenvalues of
    // [[10, -6], [-24, 40]], 25 ± √369, whose roots add up to √(50 + 2·16) = √82.
    double c = Math.sqrt(0.5);
    HostTensor turned = HostTensor.zeros(Shape.of(4, 2));
    for (int i = 0; i < 4; i++) {
      float x = one.data()[2 * i];
      float y = one.data()[2 * i + 1];
      turned.data()[2 * i] = (float) (c * (x + y));
      turned.data()[2 * i + 1] = (float) (c * (y - x));
    }
    assertThat(FrechetDistance.between(one, turned))
        .isCloseTo(20 - 2 * Math.sqrt(82), within(1e-4));
    assertThat(FrechetDistance.between(vectors(1, 0, 2), vectors(1, 1, 5)))
        .isCloseTo(4 + 2 + 8 - 2 * 4, within(1e-5));
  }

  @Test
  @DisplayName("by precision and recall, as counted by hand")
  void overlap() {
    // On a line: the real ones reach 1 around themselves, the generated ones 1 and 8.
    HostTensor real = vectors(1, 0, 1, 2, 3);
    HostTensor generated = vectors(1, 2.5, 3.5, 11.5);
    assertThat(ManifoldOverlap.of(real, generated, 1)).isEqualTo(new ManifoldOverlap(2 / 3.0, 0.5));
    assertThat(ManifoldOverlap.of(real, real, 1)).isEqualTo(new ManifoldOverlap(1, 1));
  }

  @Test
  @DisplayName("which too few vectors, those of different classifiers and other models refuse")
  void refused() {
    assertThatThrownBy(() -> FrechetDistance.between(vectors(1, 0), vectors(1, 1, 2)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least two vectors, not [1, 1]");
    assertThatThrownBy(() -> FrechetDistance.between(vectors(1, 0, 1), vectors(2, 1, 2, 3, 4)))
        .hasMessageContaining("not of one classifier");
    assertThatThrownBy(() -> ManifoldOverlap.of(vectors(1, 0, 1, 2), vectors(1, 0, 1, 2), 3))
        .hasMessageContaining("needs more vectors than those");
    try (Vae vae =
        Vae.builder().backend(new ReferenceModule()).input(1, 4, 4).mlp(4).build()) {
      assertThatThrownBy(() -> new FeatureExtractor(vae))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("the model is of the kind standard");
    }
  }
}
