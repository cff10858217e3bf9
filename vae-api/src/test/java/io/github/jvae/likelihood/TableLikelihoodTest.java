package io.github.jvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.PascalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Likelihoods of counts and of a table's numbers against another implementation of theirs. */
@DisplayName("A likelihood of a table's elements")
class TableLikelihoodTest {
  private static final Shape ELEMENT = Shape.of(1);
  private static final int DRAWS = 8_000;
  private static final int DRAWN_AT_A_TIME = 1_000;

  /**
   * A likelihood with what a decoder made.
   *
   * @param density or mass, of another implementation
   * @param points where the density counts
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Case(
      String name,
      Likelihood likelihood,
      double[] outputs,
      DoubleUnaryOperator density,
      Points points) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Points and weights of a sum, which may stand for an integral. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Points(double[] at, double[] weights) {
    static Points counts(int most) {
      double[] weights = new double[most + 1];
      Arrays.fill(weights, 1);
      return new Points(IntStream.rangeClosed(0, most).asDoubleStream().toArray(), weights);
    }

    /** The midpoint rule in u for x = of(u), from -reach to reach. */
    static Points of(double reach, DoubleUnaryOperator of, DoubleUnaryOperator derivative) {
      int count = 20_000;
      double step = 2 * reach / count;
      double[] at = new double[count];
      double[] weights = new double[count];
      for (int i = 0; i < count; i++) {
        double u = -reach + (i + 0.5) * step;
        at[i] = of.applyAsDouble(u);
        weights[i] = derivative.applyAsDouble(u) * step;
      }
      return new Points(at, weights);
    }

    static Points unit() {
      return of(15, TableLikelihoodTest::sigmoid, u -> sigmoid(u) * sigmoid(-u));
    }

    double sum(double[] density, DoubleUnaryOperator of) {
      return IntStream.range(0, at.length)
          .mapToDouble(i -> weights[i] * density[i] * of.applyAsDouble(at[i]))
          .sum();
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static Case poisson(double rate, int most) {
    // Of the logarithm as single precision has it.
    PoissonDistribution other = new PoissonDistribution(Math.exp((float) Math.log(rate)));
    return new Case(
        "poisson of " + rate,
        new Poisson(),
        new double[] {Math.log(rate)},
        x -> other.probability((int) x),
        Points.counts(most));
  }

  private static double negativeBinomial(double x, double mean, double r) {
    return Math.exp(Gamma.logGamma(x + r)
        - Gamma.logGamma(r)
        - Gamma.logGamma(x + 1)
        + r * Math.log(r / (r + mean))
        + x * Math.log(mean / (r + mean)));
  }

  private static Case negativeBinomial(double mean, double r, int most) {
    boolean whole = r == Math.rint(r) && r < 100;
    PascalDistribution other = new PascalDistribution(whole ? (int) r : 1, r / (r + mean));
    return new Case(
        "negative binomial of " + mean + " and " + r,
        NegativeBinomial.perElement(),
        new double[] {Math.log(mean), Math.log(r)},
        x -> whole ? other.probability((int) x) : negativeBinomial(x, mean, r),
        Points.counts(most));
  }

  private static Case zeroInflated(Case counts, ZeroInflated likelihood, double logit) {
    double[] outputs = Arrays.copyOf(counts.outputs(), counts.outputs().length + 1);
    outputs[counts.outputs().length] = logit;
    double zero = sigmoid(logit);
    return new Case(
        "zero-inflated " + counts.name(),
        likelihood,
        outputs,
        x -> (1 - zero) * counts.density().applyAsDouble(x) + (x == 0 ? zero : 0),
        counts.points());
  }

  private static Case logNormal(double location, double sigma) {
    LogNormalDistribution other = new LogNormalDistribution(location, sigma);
    return new Case(
        "log-normal of " + location + " and " + sigma,
        LogNormal.perElement(),
        new double[] {location, Math.log(sigma - 1e-3)},
        other::density,
        Points.of(8 * sigma, u -> Math.exp(location + u), u -> Math.exp(location + u)));
  }

  private static Case beta(double mean, double concentration) {
    BetaDistribution other = new BetaDistribution(mean * concentration, (1 - mean) * concentration);
    return new Case(
        "beta of " + mean + " and " + concentration,
        Beta.perElement(),
        new double[] {Math.log(mean / (1 - mean)), Math.log(concentration)},
        other::density,
        Points.unit());
  }

  private static Case mixture(int components) {
    RandomStream random = RandomStream.of(3).child(components);
    double[] outputs = new double[3 * components];
    double[] weights = new double[components];
    NormalDistribution[] each = new NormalDistribution[components];
    for (int k = 0; k < components; k++) {
      double place = components == 1 ? 0 : 3.0 * k / (components - 1) - 1.5;
      outputs[k] = random.nextGaussian();
      outputs[components + k] = random.nextGaussian();
      outputs[2 * components + k] = -1 + 0.7 * random.nextGaussian();
      weights[k] = Math.exp(outputs[k]);
      each[k] = new NormalDistribution(
          outputs[components + k] + place, Math.exp(outputs[2 * components + k]) + 1e-3);
    }
    double total = Arrays.stream(weights).sum();
    return new Case(
        "mixture of " + components,
        new GaussianMixture(components),
        outputs,
        x -> IntStream.range(0, components)
            .mapToDouble(k -> weights[k] / total * each[k].density(x))
            .sum(),
        Points.of(20, u -> u, u -> 1));
  }

  static Stream<Case> all() {
    Case shared = new Case(
        "negative binomial, shared",
        NegativeBinomial.fixed(2.5),
        new double[] {Math.log(4)},
        x -> negativeBinomial(x, 4, 2.5),
        Points.counts(400));
    Case gaussian = new Case(
        "gaussian above a width",
        Gaussian.above(1e-3),
        new double[] {0.4, -30},
        new NormalDistribution(0.4, 1e-3)::density,
        Points.of(8e-3, u -> 0.4 + u, u -> 1));
    double[] logits = {0.3, -1, 2, 0.1};
    double total = Arrays.stream(logits).map(Math::exp).sum();
    Case categories = new Case(
        "categories",
        Categorical.ofCategories(logits.length),
        logits,
        x -> Math.exp(logits[(int) x]) / total,
        Points.counts(logits.length - 1));
    return Stream.of(
        poisson(1e-3, 60),
        poisson(0.7, 100),
        poisson(9.9, 200),
        poisson(10.2, 200),
        poisson(300, 1000),
        poisson(20_000, 30_000),
        shared,
        negativeBinomial(0.2, 0.3, 400),
        negativeBinomial(4, 3, 400),
        negativeBinomial(60, 0.5, 6000),
        negativeBinomial(500, 1000, 2000),
        zeroInflated(poisson(3, 100), ZeroInflated.of(new Poisson()), -0.4),
        zeroInflated(
            negativeBinomial(5, 2, 400), ZeroInflated.of(NegativeBinomial.perElement()), 0.5),
        logNormal(0.3, 0.8),
        logNormal(9, 0.1),
        beta(0.3, 4),
        beta(0.4, 2),
        beta(0.9, 300),
        gaussian,
        categories,
        mixture(1),
        mixture(4));
  }

  private interface Recorded {
    Tensor of(List<Tensor> inputs);
  }

  private static double[] run(Likelihood likelihood, Recorded recorded, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      likelihood.parameters().forEach(p -> backend.variables().create(p, p.initialValue(0)));
      return backend
          .compile((trace, in) -> List.of(recorded.of(in)))
          .runExactly(inputs)
          .get(0);
    }
  }

  private static HostTensor decoded(Likelihood likelihood, double[] outputs, int rows) {
    HostTensor result = HostTensor.zeros(likelihood.decoded(ELEMENT).prepend(rows));
    assertThat(result.data().length).isEqualTo(rows * outputs.length);
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = (float) outputs[i % outputs.length];
    }
    return result;
  }

  private static double[] densities(Likelihood likelihood, double[] outputs, double[] points) {
    HostTensor x = HostTensor.zeros(ELEMENT.prepend(points.length));
    for (int i = 0; i < points.length; i++) {
      x.data()[i] = (float) points[i];
    }
    double[] logProb = run(
        likelihood,
        in -> likelihood.logProb(new Inputs(in.get(0)), in.get(1)),
        x,
        decoded(likelihood, outputs, points.length));
    return Arrays.stream(logProb).map(Math::exp).toArray();
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("has the density or the mass of another implementation, and it comes to 1")
  void definition(Case tested) {
    double[] at = tested.points().at();
    double[] density = densities(tested.likelihood(), tested.outputs(), at);
    for (int i = 0; i < density.length; i += Math.max(1, at.length / 300)) {
      double expected = tested.density().applyAsDouble((float) at[i]);
      assertThat(density[i]).as("at %s", at[i]).isCloseTo(expected, within(1e-4 * expected + 1e-9));
    }
    assertThat(tested.points().sum(density, x -> 1)).isCloseTo(1, within(1e-4));
  }

  private static double mean(Likelihood likelihood, double[] outputs) {
    return run(likelihood, in -> likelihood.mean(in.get(0)), decoded(likelihood, outputs, 1))[0];
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("has the expectation of its density as its mean, or the likeliest category")
  void mean(Case tested) {
    double[] density =
        densities(tested.likelihood(), tested.outputs(), tested.points().at());
    double expected = tested.likelihood() instanceof Categorical
        ? IntStream.range(0, density.length)
            .reduce((a, b) -> density[b] > density[a] ? b : a)
            .orElseThrow()
        : tested.points().sum(density, x -> x);
    assertThat(mean(tested.likelihood(), tested.outputs()))
        .isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("draws what it is the density of")
  void draws(Case tested) {
    Likelihood likelihood = tested.likelihood();
    double[] density = densities(likelihood, tested.outputs(), tested.points().at());
    double[] drawn = draw(likelihood, tested.outputs());
    assertThat(drawn).hasSize(DRAWS);
    HostTensor asExamples = HostTensor.zeros(ELEMENT.prepend(DRAWS));
    for (int i = 0; i < DRAWS; i++) {
      asExamples.data()[i] = (float) drawn[i];
    }
    likelihood.check(asExamples);
    double mean = tested.points().sum(density, x -> x);
    double variance = tested.points().sum(density, x -> (x - mean) * (x - mean));
    for (double place : new double[] {-1, -0.5, 0, 0.5, 1, 2}) {
      double bound = mean + place * Math.sqrt(variance);
      check(tested, density, drawn, x -> x <= bound ? 1 : 0);
    }
    check(tested, density, drawn, x -> x);
    check(tested, density, drawn, x -> (x - mean) * (x - mean));
    check(tested, density, drawn, x -> x < 0.5 ? 1 : 0);
  }

  /** Some at a time, as the reference keeps every number that it computes. */
  private static double[] draw(Likelihood likelihood, double[] outputs) {
    Shape noise = likelihood.noise(ELEMENT).prepend(DRAWN_AT_A_TIME);
    HostTensor uniform = HostTensor.zeros(noise);
    HostTensor normal = HostTensor.zeros(noise);
    double[] drawn = new double[DRAWS];
    for (int done = 0; done < DRAWS; done += DRAWN_AT_A_TIME) {
      RandomStream.of(done).child("uniform").fillUniform(uniform.data(), 0x1p-25, 1 - 0x1p-24);
      RandomStream.of(done).child("normal").fillGaussian(normal.data());
      double[] some = run(
          likelihood,
          in -> likelihood.sample(in.get(0), in.get(1), in.get(2)),
          decoded(likelihood, outputs, DRAWN_AT_A_TIME),
          uniform,
          normal);
      System.arraycopy(some, 0, drawn, done, DRAWN_AT_A_TIME);
    }
    return drawn;
  }

  private static void check(
      Case tested, double[] density, double[] drawn, DoubleUnaryOperator statistic) {
    double expected = tested.points().sum(density, statistic);
    double square = tested.points().sum(density, x -> Math.pow(statistic.applyAsDouble(x), 2));
    double error = Math.sqrt(Math.max(0, square - expected * expected) / drawn.length);
    double actual = Arrays.stream(drawn).map(statistic).sum() / drawn.length;
    assertThat(actual).isCloseTo(expected, within(4 * error + 1e-4 * Math.abs(expected) + 1e-9));
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("starts from outputs that give an element its mean and its spread")
  void firstOutputs(Case tested) {
    Likelihood likelihood = tested.likelihood();
    double wanted = likelihood.isDensity() ? 0.45 : 6;
    double spread = likelihood.isDensity() ? 0.2 : 4;
    double[] outputs = likelihood.outputsFor(wanted, spread);
    assertThat(outputs).hasSameSizeAs(tested.outputs());
    if (likelihood instanceof Categorical) {
      return;
    }
    assertThat(mean(likelihood, outputs)).isCloseTo(wanted, within(5e-3));
    Points points = likelihood.isDensity() && tested.points().at()[0] >= 0
        ? likelihood instanceof Beta
            ? Points.unit()
            : Points.of(8, u -> Math.exp(-1 + u), u -> Math.exp(-1 + u))
        : likelihood.isDensity() ? Points.of(20, u -> u, u -> 1) : Points.counts(3000);
    double[] density = densities(likelihood, outputs, points.at());
    double variance = points.sum(density, x -> (x - wanted) * (x - wanted));
    boolean spreads = outputs.length > 1 && !(likelihood instanceof ZeroInflated);
    if (spreads) {
      assertThat(Math.sqrt(variance)).isCloseTo(spread, within(0.02));
    }
    for (double constant : new double[] {0, 1}) {
      assertThat(Arrays.stream(likelihood.outputsFor(constant, 0)))
          .allMatch(output -> Math.abs(output) < 100);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("is finite, with a finite gradient, where an element was not observed")
  void hidden(Case tested) {
    double[] outputs = tested.outputs();
    double[] atZero = densities(tested.likelihood(), outputs, new double[] {0});
    assertThat(Math.log(atZero[0])).isNotNaN();
    double[] logProbs = run(
        tested.likelihood(),
        in -> tested.likelihood().logProbs(new Inputs(in.get(0)), in.get(1)),
        HostTensor.zeros(ELEMENT.prepend(1)),
        decoded(tested.likelihood(), outputs, 1));
    assertThat(logProbs[0]).isFinite();
  }

  private static void refused(Likelihood likelihood, float number, String... parts) {
    assertThatThrownBy(() -> likelihood.check(HostTensor.of(ELEMENT.prepend(1), number)))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("likelihood " + likelihood.name())
        .hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("refuses numbers that have no probability")
  void refusals() {
    refused(new Poisson(), 1.5f, "counts", "1.5");
    refused(NegativeBinomial.fixed(1), -1, "counts", "-1");
    refused(ZeroInflated.of(new Poisson()), 0.25f, "counts");
    refused(LogNormal.fixed(1), 0, "above 0");
    refused(Beta.fixed(1), 0, "between 0 and 1");
    refused(Beta.fixed(1), 1, "between 0 and 1");
    refused(Categorical.ofCategories(3), 3, "3 categories");
    assertThatThrownBy(() -> NegativeBinomial.fixed(0))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("negative-binomial", "dispersion", "above 0");
  }

  /** The logarithm of the gamma function by Stirling's formula and what is left of it. */
  @Test
  @DisplayName("has logarithms of gamma functions with all their digits")
  void logGamma() {
    double[] arguments = {1e-4, 0.01, 0.3, 1, 1.5, 2, 3.999, 4, 4.001, 10, 1e3, 1e6};
    HostTensor y = HostTensor.zeros(Shape.of(arguments.length));
    for (int i = 0; i < arguments.length; i++) {
      y.data()[i] = (float) arguments[i];
    }
    double[] remainder = run(new Poisson(), in -> LogGamma.remainder(in.get(0)), y);
    for (int i = 0; i < arguments.length; i++) {
      double at = y.data()[i];
      double expected =
          Gamma.logGamma(at) - ((at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI));
      assertThat(remainder[i]).as("at %s", at).isCloseTo(expected, within(1e-7 * (1 + at / 1e5)));
    }
  }
}
