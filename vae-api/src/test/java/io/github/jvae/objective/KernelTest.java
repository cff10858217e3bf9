package io.github.jvae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The maximum mean discrepancy")
class KernelTest {
  private static final int LATENT = 2;
  private static final double BANDWIDTH = 0.8;

  private static HostTensor set(String name, double shift) {
    HostTensor set = ObjectiveFixture.normal(name, Shape.of(7, LATENT));
    for (int i = 0; i < set.data().length; i++) {
      set.data()[i] += (float) shift;
    }
    return set;
  }

  private static double discrepancy(Kernel kernel, HostTensor x, HostTensor y) {
    return ObjectiveFixture.run(in -> kernel.discrepancy(in.get(0), in.get(1), BANDWIDTH), x, y)[0];
  }

  private static double meanKernel(Kernel kernel, HostTensor x, HostTensor y) {
    double[] one = ObjectiveFixture.numbers(x);
    double[] other = ObjectiveFixture.numbers(y);
    double scale = 2 * LATENT * BANDWIDTH * BANDWIDTH;
    double sum = 0;
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < 7; j++) {
        double distance = 0;
        for (int l = 0; l < LATENT; l++) {
          distance += Math.pow(one[i * LATENT + l] - other[j * LATENT + l], 2);
        }
        sum += kernel == Kernel.RBF ? Math.exp(-distance / scale) : scale / (scale + distance);
      }
    }
    return sum / 49;
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  @DisplayName("of a set and itself is 0")
  void itself(Kernel kernel) {
    HostTensor set = set("x", 0);
    assertThat(discrepancy(kernel, set, set)).isCloseTo(0, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  @DisplayName("is what its sums over pairs are, and grows with the distance of the sets")
  void pairs(Kernel kernel) {
    double last = 0;
    for (double shift : new double[] {0.5, 1, 2}) {
      HostTensor x = set("x", 0);
      HostTensor y = set("y", shift);
      double found = discrepancy(kernel, x, y);
      assertThat(found)
          .isCloseTo(
              meanKernel(kernel, x, x) + meanKernel(kernel, y, y) - 2 * meanKernel(kernel, x, y),
              within(1e-9))
          .isGreaterThan(last);
      last = found;
    }
  }
}
