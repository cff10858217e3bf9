package io.github.jvae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Latent vectors permuted over the batch")
class PermutationTest {
  private static final int BATCH = 9;
  private static final int LATENT = 3;

  private static double[] column(double[] rows, int dimension) {
    double[] column = new double[BATCH];
    for (int i = 0; i < BATCH; i++) {
      column[i] = rows[i * LATENT + dimension];
    }
    return column;
  }

  private static double[] permuted(HostTensor z, HostTensor noise) {
    return ObjectiveFixture.run(in -> Permutation.of(in.get(0), in.get(1)), z, noise);
  }

  private static void requireSameNumbers(HostTensor z, double[] permuted) {
    for (int dimension = 0; dimension < LATENT; dimension++) {
      double[] before = column(ObjectiveFixture.numbers(z), dimension);
      double[] after = column(permuted, dimension);
      Arrays.sort(before);
      Arrays.sort(after);
      assertThat(after).containsExactly(before);
    }
  }

  @Test
  @DisplayName("have the same numbers in each dimension, and other ones together")
  void marginals() {
    HostTensor z = HostTensor.zeros(Shape.of(BATCH, LATENT));
    for (int i = 0; i < BATCH * LATENT; i++) {
      z.data()[i] = Math.floorDiv(i, LATENT);
    }
    double[] permuted = permuted(z, ObjectiveFixture.normal("order", z.shape()));
    requireSameNumbers(z, permuted);
    assertThat(column(permuted, 0)).isNotEqualTo(column(ObjectiveFixture.numbers(z), 0));
    assertThat(column(permuted, 0)).isNotEqualTo(column(permuted, 1));
    assertThat(column(permuted, 1)).isNotEqualTo(column(permuted, 2));
  }

  @Test
  @DisplayName("have the same numbers also where noise is equal by chance")
  void ties() {
    HostTensor z = ObjectiveFixture.normal("z", Shape.of(BATCH, LATENT));
    HostTensor noise = HostTensor.zeros(z.shape());
    for (int i = 0; i < BATCH; i++) {
      noise.data()[i * LATENT] = i % 2;
    }
    requireSameNumbers(z, permuted(z, noise));
  }

  @Test
  @DisplayName("go from a place to the rank of its noise")
  void ranks() {
    HostTensor z = HostTensor.of(Shape.of(3, 1), 10, 20, 30);
    HostTensor noise = HostTensor.of(Shape.of(3, 1), 0.3f, -2, 5);
    assertThat(permuted(z, noise)).containsExactly(20, 10, 30);
  }
}
