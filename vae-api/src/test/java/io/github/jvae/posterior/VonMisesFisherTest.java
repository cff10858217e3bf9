package io.github.jvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.Component;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.prior.HypersphericalUniform;
import io.github.jvae.reference.Evaluation;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Von Mises–Fisher distributions against Bessel functions and, in three dimensions, formulas. */
@DisplayName("A von Mises–Fisher posterior")
class VonMisesFisherTest {
  private static final Component NONE = new Component() {};

  /** A distribution about a direction that is no axis. */
  private record Case(int latent, double kappa) {
    double[] direction() {
      double[] direction =
          IntStream.rangeClosed(1, latent).mapToDouble(Math::cos).toArray();
      double length = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
      return Arrays.stream(direction).map(x -> x / length).toArray();
    }

    VonMisesFisher posterior(Trace trace, int batch) {
      HostTensor direction = HostTensor.zeros(Shape.of(latent));
      for (int i = 0; i < latent; i++) {
        direction.data()[i] = (float) direction()[i];
      }
      return new VonMisesFisher(
          trace.constant(direction).broadcastTo(Shape.of(batch, latent)),
          trace.scalar(kappa).broadcastTo(Shape.of(batch, 1)));
    }

    List<double[]> evaluate(
        Function<VonMisesFisher, Function<Tensor, List<Tensor>>> of, HostTensor in) {
      return Evaluation.of(
          NONE,
          inputs -> of.apply(posterior(inputs.get(0).trace(), in.shape().dimension(0)))
              .apply(inputs.get(0)),
          in);
    }

    /** I_{L/2-1+more}(κ) / (κ/2)^{L/2-1+more}, by its series. */
    double bessel(int more) {
      double order = latent / 2.0 - 1 + more;
      double logTerm = -logGamma(order + 1);
      double logSum = logTerm;
      for (int k = 1; k < 2000; k++) {
        logTerm += 2 * Math.log(kappa / 2) - Math.log(k) - Math.log(k + order);
        logSum = Math.max(logSum, logTerm) + Math.log1p(Math.exp(-Math.abs(logSum - logTerm)));
      }
      return logSum;
    }

    private static double logGamma(double halves) {
      return halves == 0.5
          ? 0.5 * Math.log(Math.PI)
          : halves == 1 ? 0 : Math.log(halves - 1) + logGamma(halves - 1);
    }

    /** Returns the logarithm of what e^{κ μᵀz} is multiplied with. */
    double logNormaliser() {
      return (latent / 2.0 - 1) * Math.log(2) - latent / 2.0 * Math.log(2 * Math.PI) - bessel(0);
    }

    /** E μᵀz = I_{L/2}(κ) / I_{L/2-1}(κ). */
    double meanCosine() {
      return kappa / 2 * Math.exp(bessel(1) - bessel(0));
    }

    double logArea() {
      return Math.log(2) + latent / 2.0 * Math.log(Math.PI) - logGamma(latent / 2.0);
    }
  }

  static Stream<Case> cases() {
    return IntStream.of(2, 3, 4, 20, 100)
        .boxed()
        .flatMap(
            latent -> DoubleStream.of(0.01, 1, 20, 900).mapToObj(kappa -> new Case(latent, kappa)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  @DisplayName("has the density and the divergence that Bessel functions give")
  void density(Case each) {
    List<double[]> values = each.evaluate(
        q -> z -> List.of(q.logProb(q.mean()), q.klToReference().orElseThrow(), q.logProb(z)),
        HostTensor.zeros(Shape.of(1, each.latent())));
    double atMean = each.kappa() + each.logNormaliser();
    assertThat(values.get(0)[0]).isCloseTo(atMean, within(1e-6 * (1 + each.kappa())));
    // What the density would be at a vector perpendicular to the mean direction.
    assertThat(values.get(2)[0])
        .isCloseTo(each.logNormaliser(), within(1e-6 * (1 + Math.abs(atMean))));
    double divergence = each.kappa() * each.meanCosine() + each.logNormaliser() + each.logArea();
    assertThat(values.get(1)[0]).isCloseTo(divergence, within(1e-6 * (1 + divergence)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  @DisplayName("draws vectors of length 1 with its moments, of which it knows the density")
  void draws(Case each) {
    int draws = 2_000;
    List<double[]> values = each.evaluate(
        q -> noise -> {
          Draw draw = q.draw(noise);
          return List.of(
              draw.z().multiply(q.direction()).sum(1),
              draw.z().square().sum(1),
              draw.z().slice(1, 0, 1),
              draw.logProb().subtract(q.logProb(draw.z())));
        },
        Evaluation.normal("noise " + each, 1, draws, each.latent()));
    assertThat(values.get(1)).usingComparatorWithPrecision(1e-6).containsOnly(1);
    double mean = each.meanCosine();
    double square = 1 - (each.latent() - 1) * mean / each.kappa();
    assertMean(values.get(0), 1, mean);
    assertMean(values.get(0), 2, square);
    assertMean(values.get(2), 1, mean * each.direction()[0]);
    assertThat(values.get(3))
        .usingComparatorWithPrecision(1e-5 * (1 + each.kappa()))
        .containsOnly(0);
  }

  private static void assertMean(double[] values, int power, double expected) {
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += Math.pow(value, power);
      squares += Math.pow(value, 2 * power);
    }
    double mean = sum / values.length;
    double error = Math.sqrt(Math.max(0, squares / values.length - mean * mean) / values.length);
    assertThat(mean).isCloseTo(expected, within(4 * error + 1e-7));
  }

  /** Cosines as functions of κ, and their derivatives. */
  private static List<double[]> cosines(int latent, HostTensor kappa, HostTensor noise) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      Parameter parameter = new Parameter("kappa", kappa.shape(), new Initializer.Given(kappa));
      backend.variables().create(parameter, kappa);
      return backend
          .compileGradients((trace, in) -> {
            Tensor cosine = cosine(trace.parameter("kappa"), latent, in.get(0));
            Tensor step = trace.parameter("kappa").multiply(1e-4);
            Tensor above = cosine(trace.parameter("kappa").add(step), latent, in.get(0));
            Tensor below = cosine(trace.parameter("kappa").subtract(step), latent, in.get(0));
            Tensor slope = above.subtract(below).divide(step.multiply(2));
            return List.of(cosine.sum(), cosine, slope);
          })
          .runExactly(noise);
    }
  }

  private static Tensor cosine(Tensor kappa, int latent, Tensor noise) {
    return new CosineDistribution(kappa, latent).draw(noise).value();
  }

  @Test
  @DisplayName("draws, in three dimensions, by the inverse distribution function of its formula")
  void threeDimensions() {
    int draws = 200;
    HostTensor noise = Evaluation.normal("noise", 1, draws, 1);
    HostTensor kappa = HostTensor.zeros(Shape.of(draws, 1));
    for (int i = 0; i < draws; i++) {
      kappa.data()[i] = (float) Math.pow(10, 3.0 * i / draws);
    }
    double[] uniform = Evaluation.of(
            NONE,
            in -> List.of(in.get(0).multiply(Math.sqrt(0.5)).erf().add(1).multiply(0.5)),
            noise)
        .get(0);
    double[] known = cosines(3, kappa, noise).get(1);
    for (int i = 0; i < draws; i++) {
      double k = kappa.data()[i];
      double expected = 1 + Math.log(uniform[i] + (1 - uniform[i]) * Math.exp(-2 * k)) / k;
      assertThat(known[i]).isCloseTo(expected, within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("extents")
  @DisplayName("has the gradient by its concentration of draws that change with it")
  void gradient(int latent) {
    int draws = 200;
    HostTensor kappa = HostTensor.zeros(Shape.of(draws, 1));
    for (int i = 0; i < draws; i++) {
      kappa.data()[i] = (float) Math.pow(10, 3.0 * i / draws);
    }
    List<double[]> values = cosines(latent, kappa, Evaluation.normal("noise", 1, draws, 1));
    for (int i = 0; i < draws; i++) {
      double slope = values.get(2)[i];
      assertThat(values.get(3)[i]).isCloseTo(slope, within(1e-4 * Math.abs(slope) + 1e-8));
    }
  }

  static IntStream extents() {
    return IntStream.of(2, 3, 5, 20, 100);
  }

  @Test
  @DisplayName("has a uniform prior, whose draws have length 1 and no direction")
  void uniform() {
    int draws = 10_000;
    HypersphericalUniform prior = new HypersphericalUniform();
    List<double[]> values = Evaluation.of(
        prior,
        in -> {
          Tensor z = prior.sample(in.get(0), Conditions.none());
          return List.of(z.square().sum(1), z.slice(1, 0, 1), prior.logProb(z, Conditions.none()));
        },
        Evaluation.normal("draws", 1, draws, 3));
    assertThat(values.get(0)).usingComparatorWithPrecision(1e-9).containsOnly(1);
    assertMean(values.get(1), 1, 0);
    assertMean(values.get(1), 2, 1.0 / 3);
    assertThat(values.get(2))
        .usingComparatorWithPrecision(1e-9)
        .containsOnly(-Math.log(4 * Math.PI));
  }

  @Test
  @DisplayName("needs two latent dimensions")
  void oneDimension() {
    assertThatThrownBy(() -> VonMisesFisherFamily.of(ModelContext.of(Shape.of(1, 2, 2), 1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("von-mises-fisher", "at least 2");
  }
}
