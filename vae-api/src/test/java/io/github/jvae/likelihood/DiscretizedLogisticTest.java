package io.github.jvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Parameter;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The discretised logistic likelihood")
class DiscretizedLogisticTest {
  private static final int LEVELS = 256;
  private static final double[] MEANS = {-40, -0.6, 0, 0.2, 0.498, 0.5, 0.7317, 1, 1.3, 40};

  /** The limits of a learned scale. */
  private static final double LEAST = -7 - Math.log(2);

  private static final double GREATEST = Math.log(10);

  /**
   * Logarithm of a scale, mean, level; then log mass and its derivatives by the mean and by the
   * logarithm of the scale. Computed by mpmath with 2,600 digits from the definition, a difference
   * of two values of the distribution function, at the single-precision values of mean and pixel.
   */
  private static final double[][] EXACT = {
    {-30, 0.5, 0, -1092.332636239, -2193.266316857, 0},
    {-30, 0.5, 128, -0.693547550407, 1096.26558716, 0},
    {-30, 0.5, 255, -1092.332636239, 2193.266316857, 0},
    {-30, 0.3, 77, -0.693514879681, 1096.229720404, 0},
    {-7.5, 0.5, 0, -900.4760260232, -1808.042414456, 900.4760260232},
    {-7.5, 0.5, 128, -0.6948401636846, 902.5405305249, -0.0117867958332},
    {-7.5, -0.75, 0, 0, 0, 0},
    {-7.5, -0.75, 1, -1359.577825909, 1808.042414456, 1359.571080593},
    {-7.5, -0.75, 255, -3160.529044093, 1808.042414456, 3160.529044093},
    {-7.5, 2.0, 255, 0, 0, 0},
    {-6.0, 0.5, 0, -200.9233598964, -403.4287934927, 200.9233598964},
    {-6.0, 0.5, 127, -1.11018496718, -132.9289747671, -0.6790765793443},
    {-6.0, 0.5, 255, -200.9233598964, 403.4287934927, 200.9233598964},
    {-6.0, 2.0, 254, -404.449933475, -403.4287934927, 403.8105004188},
    {-6.0, 0.3, 77, -1.11018496718, 132.9289747671, -0.6790765793443},
    {-6.0, 0.3, 200, -194.8251687002, 403.4287934927, 194.1857356441},
    {-4.0, 0.5, 0, -27.19201982043, -54.59815003306, 27.19201982039},
    {-4.0, 0.5, 128, -2.931368081052, 2.911437997099, -0.9923999523794},
    {-4.0, -0.75, 1, -42.70207706832, 54.59815003314, 40.15890557385},
    {-4.0, 2.0, 254, -56.35161455118, -54.59815003314, 53.80844305671},
    {-4.0, 2.0, 255, -1.745143875798e-24, 9.528162716023e-23, -9.546845388015e-23},
    {-4.0, 0.3, 200, -27.98198763699, 54.59815003278, 25.43881614234},
    {-2.5, 0.5, 0, -6.069674339909, -12.15432893629, 6.053332450624},
    {-2.5, -0.75, 1, -12.22601866006, 12.17999358729, 8.182569798209},
    {-2.5, 2.0, 254, -15.27144665459, -12.18237501469, 11.22995884419},
    {-2.5, 0.3, 77, -4.427748081069, 0.1454754200967, -0.9996197010487},
    {-2.5, 0.3, 200, -8.946789633041, 12.11592082958, 4.867719682182},
    {0.0, 0.5, 0, -0.9728569275163, -0.6219984290868, 0.3097796097805},
    {0.0, 0.5, 128, -6.927559187865, 0.0009804057431316, -0.9999974368296},
    {0.0, -0.75, 255, -1.908553897322, 0.8517053190525, 1.488814297912},
    {0.0, 40.0, 77, -45.23930210826, -1.0, 38.69803792232},
    {0.0, -40.0, 255, -40.99803921569, 1.0, 40.99803921569},
    {2.0, 0.5, 0, -0.7274160956445, -0.0699472552539, 0.03483647614606},
    {2.0, 0.3, 77, -8.927557929751, 1.795650722267e-5, -0.9999999530549},
    {2.0, 2.0, 254, -8.932169260043, -0.009179615659272, -0.9907843742758},
    {2.0, 2.0, 255, -0.6276435404196, 0.06308677073537, -0.06321047028583},
    {50, 0.5, 0, -0.7183591631306, -0.0512448407381, 0},
    {50, 0.5, 128, -9.230143012088, 9.804069870234e-6, 0},
    {50, 2.0, 255, -0.6443035235316, 0.04749719154979, 0},
  };

  /** All levels as images of one pixel. */
  private static HostTensor levels() {
    HostTensor result = HostTensor.zeros(Shape.of(LEVELS, 1, 1, 1));
    for (int level = 0; level < LEVELS; level++) {
      result.data()[level] = level / 255f;
    }
    return result;
  }

  private static HostTensor decoded(int images, double... values) {
    HostTensor result = HostTensor.zeros(Shape.of(images, values.length, 1, 1));
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = (float) values[i % values.length];
    }
    return result;
  }

  private static double[] evaluate(
      Likelihood likelihood, Computation computation, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      likelihood.parameters().forEach(p -> backend.variables().create(p, p.initialValue(0)));
      return backend.compile(computation).runExactly(inputs).get(0);
    }
  }

  /** The logarithms of the masses of all levels. */
  private static double[] logMasses(Likelihood likelihood, double... outputs) {
    return evaluate(
        likelihood,
        (trace, in) -> List.of(likelihood.logProb(new Inputs(in.get(0)), in.get(1))),
        levels(),
        decoded(LEVELS, outputs));
  }

  private static double mean(Likelihood likelihood, double... outputs) {
    return evaluate(
        likelihood, (trace, in) -> List.of(likelihood.mean(in.get(0))), decoded(1, outputs))[0];
  }

  @TestFactory
  @DisplayName("has the mass, and the derivatives of its logarithm, that the definition gives")
  Stream<DynamicTest> exact() {
    return Stream.of(EXACT)
        .map(row -> DynamicTest.dynamicTest(
            "level " + (int) row[2] + ", mean " + row[1] + ", log scale " + row[0],
            () -> checkRow(row)));
  }

  private static void checkRow(double[] row) {
    Likelihood likelihood = DiscretizedLogistic.perPixel();
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      HostTensor outputs = decoded(1, row[1], row[0]);
      backend
          .variables()
          .create(new Parameter("o", outputs.shape(), new Initializer.Given(outputs)), outputs);
      HostTensor pixel = HostTensor.of(Shape.of(1, 1, 1, 1), (float) (row[2] / 255));
      List<double[]> results = backend
          .compileGradients((trace, in) -> {
            Tensor logProb = likelihood.logProb(new Inputs(in.get(0)), trace.parameter("o"));
            return List.of(logProb.sum());
          })
          .runExactly(pixel);
      double[] gradient = results.get(1);
      assertThat(results.get(0)[0]).isCloseTo(row[3], near(row[3]));
      assertThat(gradient[0]).as("by the mean").isCloseTo(row[4], near(row[4]));
      assertThat(gradient[1]).as("by the log scale").isCloseTo(row[5], near(row[5]));
    }
  }

  /** The numbers have 13 digits, and cancellation in the derivatives takes some. */
  private static Offset<Double> near(double expected) {
    return within(Math.max(1e-11, 1e-9 * Math.abs(expected)));
  }

  @Test
  @DisplayName("sums to one over the 256 levels, for every mean and every kind of scale")
  void sumsToOne() {
    for (double mean : MEANS) {
      for (double logScale : new double[] {-60, LEAST, -7, -5, -3, -1, 0, 1, GREATEST, 60}) {
        double limited = Math.min(Math.max(logScale, LEAST), GREATEST);
        double scale = Math.exp(limited);
        check(mean, scale, logMasses(DiscretizedLogistic.perPixel(), mean, logScale));
        // The exponential of ln 10 is rounded to more than 10.
        double given = Math.min(scale, 10);
        check(mean, scale, logMasses(DiscretizedLogistic.fixed(given), mean));
        check(mean, scale, logMasses(DiscretizedLogistic.shared(given), mean));
      }
    }
  }

  private static void check(double mean, double scale, double[] logMasses) {
    double sum = 0;
    for (double logMass : logMasses) {
      assertThat(logMass).isFinite().isNotPositive();
      sum += Math.exp(logMass);
    }
    // A pixel in single precision is up to 3e-8 away from its level, and so are its two edges.
    assertThat(sum).as("mean %s, scale %s", mean, scale).isCloseTo(1, within(1e-7 + 6e-8 / scale));
  }

  @Test
  @DisplayName("has the expectation of its levels as its mean image, tails included")
  void expectation() {
    for (double mean : MEANS) {
      for (double logScale : new double[] {-7, -6, -5.5, -4, -2, 0, 2}) {
        Likelihood likelihood = DiscretizedLogistic.perPixel();
        double[] logMasses = logMasses(likelihood, mean, logScale);
        double expected = 0;
        for (int level = 0; level < LEVELS; level++) {
          expected += Math.exp(logMasses[level]) * level / 255;
        }
        // The error of the midpoint rule with 255 steps, as far as that formula reaches.
        double scale = Math.exp(logScale);
        double allowed = scale < 1.0 / 255 ? 0.5 / 255 : 1 / (90 * 255 * 255 * scale);
        assertThat(mean(likelihood, mean, logScale))
            .as("mean %s, log scale %s", mean, logScale)
            .isBetween(0.0, 1 + 1e-12)
            .isCloseTo(expected, within(allowed));
      }
    }
  }

  @Test
  @DisplayName("draws each level as often as its mass says, and nothing but levels")
  void draws() {
    int count = 200_000;
    Likelihood likelihood = DiscretizedLogistic.perPixel();
    HostTensor uniform = HostTensor.zeros(Shape.of(count, 1, 1, 1));
    for (int i = 0; i < count; i++) {
      uniform.data()[i] = (float) ((i + 0.5) / count);
    }
    for (double[] outputs :
        new double[][] {{0.5, -3}, {0.02, -2}, {1.4, -1}, {0.7, 2}, {0.3, -7}}) {
      double[] logMasses = logMasses(likelihood, outputs);
      double[] drawn = evaluate(
          likelihood,
          (trace, in) -> List.of(likelihood.sample(in.get(0), in.get(1), in.get(1))),
          decoded(count, outputs),
          uniform);
      int[] counts = new int[LEVELS];
      for (double value : drawn) {
        int level = (int) Math.rint(value * 255);
        assertThat(value).isCloseTo(level / 255.0, within(1e-12));
        counts[level]++;
      }
      for (int level = 0; level < LEVELS; level++) {
        // Evenly spaced uniform numbers leave no chance, but those at the two edges are rounded.
        assertThat((double) counts[level])
            .as("level %d of %s", level, outputs)
            .isCloseTo(count * Math.exp(logMasses[level]), within(2.0));
      }
    }
  }

  private static DiscretizedLogistic read(Options options) {
    return DiscretizedLogistic.of(new DeclaredOptions(
            "likelihood discretized-logistic", List.of(DiscretizedLogistic.options()))
        .complete(options));
  }

  @Test
  @DisplayName("reads its scale as a number, \"learned\" or \"shared\", and nothing else")
  void options() {
    Shape image = Shape.of(3, 2, 2);
    assertThat(read(Options.none()).decoded(image)).isEqualTo(image);
    assertThat(read(Options.none().with("scale", "learned")).decoded(image))
        .isEqualTo(Shape.of(6, 2, 2));
    Likelihood shared = read(Options.none().with("scale", "shared").with("initial_scale", 0.25));
    assertThat(shared.parameters())
        .singleElement()
        .satisfies(p -> assertThat(p.name()).isEqualTo(DiscretizedLogistic.SHARED_PARAMETER))
        .satisfies(p -> assertThat(p.initialValue(0).item()).isEqualTo((float) Math.log(0.25)));
    for (OptionValue wrong : List.of(
        OptionValue.of("wide"),
        OptionValue.of(0.0),
        OptionValue.of(-1.0),
        OptionValue.of(Double.NaN))) {
      assertThatThrownBy(() -> read(Options.none().with("scale", wrong)))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("likelihood discretized-logistic", "scale");
    }
    assertThatThrownBy(() -> read(Options.none().with("scale", 255)))
        .hasMessage(
            "likelihood discretized-logistic: scale must be from 0.00045594 to 10, not 255.0");
  }
}
