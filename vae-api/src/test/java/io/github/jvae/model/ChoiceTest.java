package io.github.jvae.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A choice")
class ChoiceTest {
  private static final int DRAWS = 10_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 10, 37})
  @DisplayName("falls on each alternative as often as its mass says, and on one at a time")
  void shares(int count) {
    HostTensor masses = HostTensor.zeros(Shape.of(1, count, 1));
    double total = 0;
    for (int i = 0; i < count; i++) {
      // One in three has none.
      masses.data()[i] = (i * 7 + 1) % 3;
      total += masses.data()[i];
    }
    HostTensor uniform = HostTensor.zeros(Shape.of(DRAWS, 1, 1));
    for (int i = 0; i < DRAWS; i++) {
      uniform.data()[i] = (float) ((i + 0.5) / DRAWS);
    }
    double[] chosen;
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      chosen = backend
          .compile((trace, in) -> List.of(Choice.oneHot(in.get(0), in.get(1), 1)))
          .runExactly(masses, uniform)
          .get(0);
    }
    double[] counts = new double[count];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        double value = chosen[draw * count + i];
        assertThat(value == 0 || value == 1).isTrue();
        sum += value;
        counts[i] += value;
      }
      assertThat(sum).isEqualTo(1);
    }
    for (int i = 0; i < count; i++) {
      assertThat(counts[i]).isCloseTo(DRAWS * masses.data()[i] / total, within(1.0));
    }
  }
}
