package io.github.jvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The portable likelihoods against densities written out by hand. */
@DisplayName("A likelihood")
class LikelihoodTest {
  private static final Shape PIXELS = Shape.of(1, 1, 1, 3);
  private static final double[] X = {0.2, 1, 0};
  private static final double[] DECODED = {0.5, -2, 3};

  private static HostTensor tensor(Shape shape, double... values) {
    HostTensor result = HostTensor.zeros(shape);
    for (int i = 0; i < values.length; i++) {
      result.data()[i] = (float) values[i];
    }
    return result;
  }

  private static double logProb(Likelihood likelihood, HostTensor x, HostTensor decoded) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      likelihood.parameters().forEach(p -> backend.variables().create(p, p.initialValue(0)));
      return backend
          .compile((trace, in) -> List.of(likelihood.logProb(new Inputs(in.get(0)), in.get(1))))
          .runExactly(x, decoded)
          .get(0)[0];
    }
  }

  private static double normalDensity(double x, double mean, double sigma) {
    return Math.exp(-0.5 * Math.pow((x - mean) / sigma, 2)) / (sigma * Math.sqrt(2 * Math.PI));
  }

  @Test
  @DisplayName("bernoulli is Σ x log σ(l) + (1 − x) log(1 − σ(l))")
  void bernoulli() {
    double expected = 0;
    for (int i = 0; i < X.length; i++) {
      double p = 1 / (1 + Math.exp(-DECODED[i]));
      expected += X[i] * Math.log(p) + (1 - X[i]) * Math.log(1 - p);
    }
    assertThat(logProb(new Bernoulli(), tensor(PIXELS, X), tensor(PIXELS, DECODED)))
        .isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "126, 126", "127, 1", "131, 1", "784, 112", "3072, 96", "1000000, 125"})
  @DisplayName("bernoulli's factors divide the pixels, and as many halves are a normal number")
  void factors(int pixels, int factors) {
    assertThat(Bernoulli.factors(pixels)).isEqualTo(factors);
    assertThat((float) Math.pow(0.5, factors)).isGreaterThanOrEqualTo(Float.MIN_NORMAL);
  }

  @Test
  @DisplayName("gaussian carries its full normaliser, for a fixed and for a shared sigma")
  void gaussian() {
    double expected = 0;
    for (int i = 0; i < X.length; i++) {
      expected += Math.log(normalDensity(X[i], DECODED[i], 0.7));
    }
    for (Gaussian likelihood : List.of(Gaussian.fixed(0.7), Gaussian.shared(0.7))) {
      assertThat(logProb(likelihood, tensor(PIXELS, X), tensor(PIXELS, DECODED)))
          .as("%s", likelihood.kind())
          .isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  @DisplayName("gaussian with a sigma per pixel reads all means first, then all log sigmas")
  void gaussianPerPixel() {
    double[] logSigmas = {-1, 0.5, 0.1};
    double expected = 0;
    for (int i = 0; i < X.length; i++) {
      expected += Math.log(normalDensity(X[i], DECODED[i], Math.exp(logSigmas[i])));
    }
    HostTensor decoded =
        tensor(Shape.of(1, 2, 1, 3), DECODED[0], DECODED[1], DECODED[2], -1, 0.5, 0.1);
    assertThat(logProb(Gaussian.perPixel(), tensor(PIXELS, X), decoded))
        .isCloseTo(expected, within(1e-5));
  }

  private static Gaussian gaussian(Options options) {
    return Gaussian.of(
        new DeclaredOptions("likelihood gaussian", List.of(Gaussian.options())).complete(options));
  }

  @Test
  @DisplayName("gaussian reads sigma as a number, \"learned\" or \"shared\", and nothing else")
  void options() {
    assertThat(gaussian(Options.none()).sigma()).isEqualTo(0.1);
    assertThat(gaussian(Options.none().with("sigma", 0.3)).kind())
        .isEqualTo(ScaleParameter.Kind.FIXED);
    assertThat(gaussian(Options.none().with("sigma", "learned")).decoded(Shape.of(1, 2, 2)))
        .isEqualTo(Shape.of(2, 2, 2));
    Gaussian shared = gaussian(Options.none().with("sigma", "shared").with("initial_sigma", 0.5));
    assertThat(shared.parameters().get(0).initialValue(0).item()).isEqualTo((float) Math.log(0.5));
    for (OptionValue wrong :
        List.of(OptionValue.of("big"), OptionValue.of(0.0), OptionValue.of(-1))) {
      assertThatThrownBy(() -> gaussian(Options.none().with("sigma", wrong)))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("likelihood gaussian", "sigma");
    }
  }

  private static double meanOf(Likelihood likelihood, double... outputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      likelihood.parameters().forEach(p -> backend.variables().create(p, p.initialValue(0)));
      return backend
          .compile((trace, in) -> List.of(likelihood.mean(in.get(0))))
          .runExactly(tensor(Shape.of(1, outputs.length, 1, 1), outputs))
          .get(0)[0];
    }
  }

  @Test
  @DisplayName("knows the decoder outputs that give a pixel its mean and its spread")
  void outputs() {
    for (double mean : new double[] {0.02, 0.3, 0.9}) {
      for (Likelihood likelihood :
          List.of(new Bernoulli(), Gaussian.fixed(0.1), Gaussian.shared(2), Gaussian.perPixel())) {
        assertThat(meanOf(likelihood, likelihood.outputsFor(mean, 0.2)))
            .as(likelihood.name())
            .isCloseTo(mean, within(1e-6));
      }
    }
    // Near black and white clipping moves the mean of the discretised one; here it does not.
    double[] outputs = DiscretizedLogistic.perPixel().outputsFor(0.3, 0.1);
    assertThat(meanOf(DiscretizedLogistic.perPixel(), outputs)).isCloseTo(0.3, within(3e-4));
    assertThat(Gaussian.perPixel().outputsFor(0.5, 0.25)[1])
        .isCloseTo(Math.log(0.25), within(1e-12));
    assertThat(DiscretizedLogistic.perPixel().outputsFor(0.5, 0.25)[1])
        .isCloseTo(Math.log(0.25 * Math.sqrt(3) / Math.PI), within(1e-12));
    assertThat(DiscretizedLogistic.fixed(0.05).outputsFor(0.5, 0.25)).containsExactly(0.5);
  }

  @Test
  @DisplayName("keeps those outputs finite for a pixel that never changes")
  void outputsOfConstants() {
    for (double mean : new double[] {0, 1}) {
      for (Likelihood likelihood :
          List.of(new Bernoulli(), Gaussian.perPixel(), DiscretizedLogistic.perPixel())) {
        for (double output : likelihood.outputsFor(mean, 0)) {
          assertThat(Math.abs(output)).as(likelihood.name()).isLessThan(7);
        }
      }
    }
  }
}
