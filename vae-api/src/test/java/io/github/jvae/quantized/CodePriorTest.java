package io.github.jvae.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A distribution over codes")
final class CodePriorTest {
  private static final int GROUPS = 3;
  private static final int CODES = 3;
  private static final int ALL = 27;
  private static final int DRAWS = 20_000;

  /** With weights that make it anything but uniform, if it has some. */
  private static Backend with(CodePrior prior) {
    Backend backend = new ReferenceBackend(BackendOptions.defaults());
    prior.parameters().forEach(parameter -> {
      HostTensor value = HostTensor.zeros(parameter.shape());
      RandomStream.of(3).child(parameter.name()).fillGaussian(value.data());
      backend.variables().create(parameter, value);
    });
    return backend;
  }

  private static HostTensor everyCode() {
    HostTensor codes = HostTensor.zeros(Shape.of(ALL, GROUPS, CODES));
    for (int row = 0; row < ALL; row++) {
      int rest = row;
      for (int group = 0; group < GROUPS; group++) {
        codes.data()[(row * GROUPS + group) * CODES + rest % CODES] = 1;
        rest /= CODES;
      }
    }
    return codes;
  }

  private static double[] probabilities(Backend backend, CodePrior prior) {
    float[] logarithms = backend
        .evaluate((trace, in) -> List.of(prior.logProb(in.get(0))), everyCode())
        .get(0)
        .data();
    double[] probabilities = new double[ALL];
    for (int i = 0; i < ALL; i++) {
      probabilities[i] = Math.exp(logarithms[i]);
    }
    return probabilities;
  }

  @ParameterizedTest
  @EnumSource(CodePriorKind.class)
  @DisplayName(
      "gives all combinations together a probability of 1, and draws each as often as that")
  void isADistribution(CodePriorKind kind) {
    CodePrior prior = kind.of(GROUPS, CODES, 8);
    try (Backend backend = with(prior)) {
      double[] probabilities = probabilities(backend, prior);
      double sum = 0;
      for (double probability : probabilities) {
        sum += probability;
        if (kind == CodePriorKind.UNIFORM) {
          assertThat(probability).isCloseTo(1.0 / ALL, within(1e-7));
        }
      }
      assertThat(sum).isCloseTo(1, within(1e-6));

      HostTensor noise = HostTensor.zeros(Shape.of(DRAWS, GROUPS));
      RandomStream.of(11).fillGaussian(noise.data());
      float[] drawn = backend
          .evaluate((trace, in) -> List.of(prior.sample(in.get(0))), noise)
          .get(0)
          .data();
      int[] counts = new int[ALL];
      for (int row = 0; row < DRAWS; row++) {
        counts[index(drawn, row)]++;
      }
      for (int i = 0; i < ALL; i++) {
        double p = probabilities[i];
        double error = Math.sqrt(p * (1 - p) / DRAWS);
        assertThat((double) counts[i] / DRAWS)
            .as("combination %d", i)
            .isCloseTo(p, within(4 * error + 1e-9));
      }
    }
  }

  private static int index(float[] codes, int row) {
    int index = 0;
    for (int group = GROUPS - 1; group >= 0; group--) {
      int chosen = -1;
      for (int code = 0; code < CODES; code++) {
        float number = codes[(row * GROUPS + group) * CODES + code];
        assertThat(number).isIn(0f, 1f);
        if (number == 1) {
          assertThat(chosen).as("one code only").isEqualTo(-1);
          chosen = code;
        }
      }
      assertThat(chosen).isNotNegative();
      index = index * CODES + chosen;
    }
    return index;
  }
}
