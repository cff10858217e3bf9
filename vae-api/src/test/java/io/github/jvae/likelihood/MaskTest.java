package io.github.jvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Elements are independent: those that were not observed are as if they were not there. */
@DisplayName("A mask")
class MaskTest {
  private static final int COLUMNS = 7;
  private static final int[] OBSERVED = {0, 2, 3, 6};

  static Stream<Likelihood> likelihoods() {
    return Stream.of(
        new Bernoulli(),
        new ContinuousBernoulli(),
        Gaussian.fixed(0.3),
        Gaussian.shared(0.4),
        Gaussian.perPixel(),
        DiscretizedLogistic.fixed(0.1),
        DiscretizedLogistic.shared(0.1),
        DiscretizedLogistic.perPixel(),
        Laplace.fixed(0.3),
        Laplace.shared(0.4),
        Laplace.perPixel(),
        StudentT.fixed(4, 0.3),
        StudentT.shared(2.5, 0.4),
        StudentT.perPixel(7),
        new LogisticMixture(1),
        new LogisticMixture(4),
        new Categorical());
  }

  private static HostTensor columns(HostTensor all, int... columns) {
    HostTensor chosen = HostTensor.zeros(Shape.of(1, columns.length));
    for (int i = 0; i < columns.length; i++) {
      chosen.data()[i] = all.data()[columns[i]];
    }
    return chosen;
  }

  private static double logProb(Likelihood likelihood, boolean masked, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      likelihood.parameters().forEach(p -> backend.variables().create(p, p.initialValue(1)));
      return backend
          .compile((trace, in) -> List.of(likelihood.logProb(
              new Inputs(
                  in.get(0),
                  masked ? Conditions.of(Map.of(Inputs.MASK, in.get(2))) : Conditions.none()),
              in.get(1))))
          .runExactly(inputs)
          .get(0)[0];
    }
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  @DisplayName("leaves the probability of what was observed, in examples of any shape")
  void observed(Likelihood likelihood) {
    HostTensor x = HostTensor.zeros(Shape.of(1, COLUMNS));
    RandomStream.of(1).child("x").fillUniform(x.data(), 0, 1);
    for (int i = 0; i < COLUMNS; i++) {
      x.data()[i] = Math.round(255 * x.data()[i]) / 255f;
    }
    Shape made = likelihood.decoded(Shape.of(COLUMNS));
    HostTensor decoded = HostTensor.zeros(made.prepend(1));
    RandomStream.of(1).child("decoded").fillUniform(decoded.data(), -1, 0.5);
    HostTensor mask = HostTensor.zeros(Shape.of(1, COLUMNS));
    Arrays.stream(OBSERVED).forEach(column -> mask.data()[column] = 1);
    int[] outputs = IntStream.range(0, made.size() / COLUMNS)
        .flatMap(group -> Arrays.stream(OBSERVED).map(column -> group * COLUMNS + column))
        .toArray();
    double expected = logProb(likelihood, false, columns(x, OBSERVED), columns(decoded, outputs));
    assertThat(logProb(likelihood, true, x, decoded, mask)).isCloseTo(expected, within(1e-9));
    assertThat(logProb(likelihood, false, x, decoded, mask)).isNotCloseTo(expected, within(1e-3));
  }

  private static double[] elements(Likelihood likelihood, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      likelihood.parameters().forEach(p -> backend.variables().create(p, p.initialValue(1)));
      return backend
          .compile((trace, in) -> List.of(likelihood.logProbs(
              new Inputs(in.get(0), Conditions.of(Map.of(Inputs.MASK, in.get(2)))), in.get(1))))
          .runExactly(inputs)
          .get(0);
    }
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  @DisplayName("leaves each element its own log-likelihood, and nothing where it hides")
  void contributions(Likelihood likelihood) {
    HostTensor x = HostTensor.zeros(Shape.of(1, COLUMNS));
    HostTensor decoded = HostTensor.zeros(likelihood.decoded(Shape.of(COLUMNS)).prepend(1));
    RandomStream.of(2).child("decoded").fillUniform(decoded.data(), -1, 0.5);
    HostTensor mask = HostTensor.zeros(Shape.of(1, COLUMNS));
    Arrays.stream(OBSERVED).forEach(column -> {
      x.data()[column] = 1;
      mask.data()[column] = 1;
    });
    if (likelihood instanceof LogisticMixture) {
      assertThatThrownBy(() -> elements(likelihood, x, decoded, mask))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll(likelihood.name(), "each element");
      return;
    }
    double[] each = elements(likelihood, x, decoded, mask);
    assertThat(each).hasSize(COLUMNS);
    for (int column = 0; column < COLUMNS; column++) {
      if (mask.data()[column] == 0) {
        assertThat(each[column]).isZero();
      } else {
        HostTensor only = HostTensor.zeros(mask.shape());
        only.data()[column] = 1;
        assertThat(each[column])
            .isCloseTo(logProb(likelihood, true, x, decoded, only), within(1e-9));
      }
    }
    assertThat(Arrays.stream(each).sum())
        .isCloseTo(logProb(likelihood, true, x, decoded, mask), within(1e-9));
  }
}
