package io.github.jvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
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
import org.apache.commons.math3.distribution.LaplaceDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Likelihoods of a single element against their definitions, integrals and sums. */
@DisplayName("A likelihood of one element")
class ElementLikelihoodTest {
  private static final Shape ELEMENT = Shape.of(1, 1, 1);
  private static final int LEVELS = 256;
  private static final int DRAWS = 40_000;

  /**
   * A likelihood with what a decoder made, and the density or mass that the definition gives.
   *
   * @param moments whether a draw has a finite fourth moment, so that its square has an error
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Case(
      String name,
      Likelihood likelihood,
      double[] outputs,
      DoubleUnaryOperator density,
      boolean moments) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case laplace(String kind, Laplace likelihood, double... outputs) {
    double scale = outputs.length == 1 ? 0.3 : Math.exp(outputs[1]);
    return new Case(
        "laplace, " + kind,
        likelihood,
        outputs,
        new LaplaceDistribution(outputs[0], scale)::density,
        true);
  }

  private static Case studentT(
      String kind, double degrees, StudentT likelihood, double... outputs) {
    double scale = outputs.length == 1 ? 0.3 : Math.exp(outputs[1]);
    TDistribution standard = new TDistribution(degrees);
    return new Case(
        "student-t of " + degrees + ", " + kind,
        likelihood,
        outputs,
        x -> standard.density((x - outputs[0]) / scale) / scale,
        degrees > 4);
  }

  static Stream<Case> densities() {
    return Stream.of(
        laplace("fixed", Laplace.fixed(0.3), 0.4),
        laplace("shared", Laplace.shared(0.3), -2),
        laplace("learned", Laplace.perPixel(), 0.4, -2.5),
        studentT("fixed", 5, StudentT.fixed(5, 0.3), 0.4),
        studentT("shared", 2.5, StudentT.shared(2.5, 0.3), -2),
        studentT("learned", 30, StudentT.perPixel(30), 1.5, 0.7),
        studentT("fixed", 1.5, StudentT.fixed(1.5, 0.3), 0.4));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The definition, as a difference of two values of the distribution function. */
  private static double mass(double x, double mean, double scale) {
    double above = x > 1 - 1e-6 ? 1 : sigmoid((x - mean + 0.5 / 255) / scale);
    double below = x < 1e-6 ? 0 : sigmoid((x - mean - 0.5 / 255) / scale);
    return above - below;
  }

  private static Case mixture(int components) {
    double[] outputs = new double[3 * components];
    RandomStream random = RandomStream.of(9).child(components);
    double[] weights = new double[components];
    for (int k = 0; k < components; k++) {
      outputs[k] = random.nextGaussian();
      outputs[components + k] = 0.8 * random.nextGaussian();
      outputs[2 * components + k] = -2 + random.nextGaussian();
      weights[k] = Math.exp(outputs[k]);
    }
    double total = IntStream.range(0, components).mapToDouble(k -> weights[k]).sum();
    return new Case(
        "mixture of " + components,
        new LogisticMixture(components),
        outputs,
        x -> IntStream.range(0, components)
            .mapToDouble(k -> weights[k]
                / total
                * mass(
                    x,
                    (outputs[components + k] + 1) / 2,
                    Math.exp(outputs[2 * components + k]) / 2))
            .sum(),
        true);
  }

  static Stream<Case> probabilities() {
    double[] logits = new double[LEVELS];
    RandomStream random = RandomStream.of(9).child("logits");
    double total = 0;
    for (int level = 0; level < LEVELS; level++) {
      logits[level] = 2 * random.nextGaussian();
      total += Math.exp(logits[level]);
    }
    double sum = total;
    Case categorical = new Case(
        "categorical",
        new Categorical(),
        logits,
        x -> Math.exp(logits[(int) Math.rint(255 * x)]) / sum,
        true);
    return Stream.of(categorical, mixture(1), mixture(2), mixture(10));
  }

  static Stream<Case> all() {
    return Stream.concat(densities(), probabilities());
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

  private static HostTensor decoded(Case tested, int rows) {
    HostTensor result = HostTensor.zeros(tested.likelihood().decoded(ELEMENT).prepend(rows));
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = (float) tested.outputs()[i % tested.outputs().length];
    }
    return result;
  }

  private static double[] densities(Case tested, double[] points) {
    HostTensor x = HostTensor.zeros(ELEMENT.prepend(points.length));
    for (int i = 0; i < points.length; i++) {
      x.data()[i] = (float) points[i];
    }
    double[] logProb = run(
        tested.likelihood(),
        in -> tested.likelihood().logProb(new Inputs(in.get(0)), in.get(1)),
        x,
        decoded(tested, points.length));
    return IntStream.range(0, points.length)
        .mapToDouble(i -> Math.exp(logProb[i]))
        .toArray();
  }

  /** Points and weights of a sum that stands for an integral, or of the sum over all levels. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Points(double[] at, double[] weights) {
    static Points of(Case tested) {
      if (!tested.likelihood().isDensity()) {
        double[] levels = IntStream.range(0, LEVELS).mapToDouble(i -> i / 255.0).toArray();
        return new Points(levels, levels.clone()).evenly();
      }
      // About the location, and far out in both tails: x = μ + sinh u.
      int count = 40_001;
      double[] at = new double[count];
      double[] weights = new double[count];
      double step = 2 * 16.0 / (count - 1);
      for (int i = 0; i < count; i++) {
        double u = -16 + step * i;
        at[i] = tested.outputs()[0] + Math.sinh(u);
        weights[i] = Math.cosh(u) * step;
      }
      return new Points(at, weights);
    }

    private Points evenly() {
      Arrays.fill(weights, 1);
      return this;
    }

    double sum(double[] density, DoubleUnaryOperator of) {
      return IntStream.range(0, at.length)
          .mapToDouble(i -> weights[i] * density[i] * of.applyAsDouble(at[i]))
          .sum();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("has the density or the mass that its definition gives, and it comes to 1")
  void definition(Case tested) {
    Points points = Points.of(tested);
    double[] density = densities(tested, points.at());
    for (int i = 0; i < density.length; i += 97) {
      double expected = tested.density().applyAsDouble((float) points.at()[i]);
      assertThat(density[i])
          .as("at %s", points.at()[i])
          .isCloseTo(expected, within(1e-5 * expected + 1e-9));
    }
    assertThat(points.sum(density, x -> 1)).isCloseTo(1, within(1e-4));
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("has the expectation of its density as its mean")
  void mean(Case tested) {
    Points points = Points.of(tested);
    double expected = points.sum(densities(tested, points.at()), x -> x);
    double actual =
        run(tested.likelihood(), in -> tested.likelihood().mean(in.get(0)), decoded(tested, 1))[0];
    // Tails of 1.5 degrees of freedom reach beyond the sum; a level is no more than half one off.
    boolean heavy = tested.name().contains("1.5");
    assertThat(actual).isCloseTo(expected, within(heavy ? 2e-3 : 1e-4));
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("draws what it is the density of")
  void draws(Case tested) {
    Points points = Points.of(tested);
    double[] density = densities(tested, points.at());
    Shape noise = tested.likelihood().noise(ELEMENT).prepend(DRAWS);
    HostTensor uniform = HostTensor.zeros(noise);
    HostTensor normal = HostTensor.zeros(noise);
    RandomStream.of(4).child("uniform").fillUniform(uniform.data(), 0x1p-25, 1 - 0x1p-24);
    RandomStream.of(4).child("normal").fillGaussian(normal.data());
    double[] drawn = run(
        tested.likelihood(),
        in -> tested.likelihood().sample(in.get(0), in.get(1), in.get(2)),
        decoded(tested, DRAWS),
        uniform,
        normal);
    assertThat(drawn).hasSize(DRAWS);
    for (double bound : new double[] {-2.3, -1.9, 0.1, 0.35, 0.41, 0.6, 0.9, 2}) {
      check(points, density, drawn, x -> x <= bound ? 1 : 0);
    }
    if (tested.moments()) {
      check(points, density, drawn, x -> x);
      check(points, density, drawn, x -> x * x);
    }
  }

  private static void check(
      Points points, double[] density, double[] drawn, DoubleUnaryOperator statistic) {
    double expected = points.sum(density, statistic);
    double square = points.sum(density, x -> Math.pow(statistic.applyAsDouble(x), 2));
    double error = Math.sqrt(Math.max(0, square - expected * expected) / drawn.length);
    double sum = 0;
    for (double value : drawn) {
      sum += statistic.applyAsDouble(value);
    }
    assertThat(sum / drawn.length).isCloseTo(expected, within(4 * error + 1e-4));
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("starts from outputs that give an element its mean and its spread")
  void firstOutputs(Case tested) {
    double mean = 0.45;
    double deviation = 0.15;
    double[] outputs =
        tested.likelihood().outputsFor(ELEMENT, new double[] {mean}, new double[] {deviation});
    assertThat(outputs).hasSameSizeAs(tested.outputs());
    Case started =
        new Case("started", tested.likelihood(), outputs, tested.density(), tested.moments());
    Points points = Points.of(started);
    double[] density = densities(started, points.at());
    assertThat(points.sum(density, x -> x)).isCloseTo(mean, within(5e-3));
    boolean hasSpread = outputs.length > 1 && tested.moments();
    if (hasSpread) {
      double variance = points.sum(density, x -> (x - mean) * (x - mean));
      assertThat(Math.sqrt(variance)).isCloseTo(deviation, within(0.02));
    }
  }

  private static void refused(OptionDescription<?>[] known, Options given, String... parts) {
    assertThatThrownBy(() -> new DeclaredOptions("likelihood x", List.of(known)).complete(given))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("refuses options out of range, and numbers that have no probability")
  void refusals() {
    refused(
        StudentT.options(),
        Options.none().with("degrees_of_freedom", 1.0),
        "degrees_of_freedom",
        "above 1");
    refused(StudentT.options(), Options.none().with("scale", -1.0), "scale", "above 0");
    refused(Laplace.options(), Options.none().with("scale", 0.0), "scale", "above 0");
    refused(LogisticMixture.options(), Options.none().with("components", 0), "components", "1");
    HostTensor between = HostTensor.of(ELEMENT.prepend(1), 0.5f / 255);
    for (Likelihood likelihood : List.of(new Categorical(), new LogisticMixture(2))) {
      assertThatThrownBy(() -> likelihood.check(between))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll(likelihood.name(), "256 levels");
      assertThat(likelihood.isProbability(between)).isTrue();
    }
    tooMany(new Categorical(), Shape.of(1 << 24, 1));
    tooMany(Laplace.perPixel(), Shape.of(Integer.MAX_VALUE));
    tooMany(new LogisticMixture(Integer.MAX_VALUE), Shape.of(3, 1, 1));
    tooMany(new LogisticMixture(Integer.MAX_VALUE), Shape.of(3));
    tooMany(new LogisticMixture(1), Shape.of(100_000, 1, 1));
  }

  private static void tooMany(Likelihood likelihood, Shape example) {
    assertThatThrownBy(() -> likelihood.decoded(example))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("likelihood " + likelihood.name(), "too many");
  }
}
