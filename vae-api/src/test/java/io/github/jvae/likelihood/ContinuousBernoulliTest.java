package io.github.jvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Parameter;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The continuous Bernoulli likelihood")
class ContinuousBernoulliTest {
  private static final ContinuousBernoulli LIKELIHOOD = new ContinuousBernoulli();

  /** The eighth digit is what the series give up at most. */
  private static final Offset<Double> CLOSE = within(3e-8);

  /**
   * Logit and pixel; then log density, its derivative by the logit, and the mean. Computed by
   * mpmath with 60 digits from {@code p(x) = l e^(lx) / (e^l - 1)}, at single-precision logits.
   */
  private static final double[][] EXACT = {
    {-700.0, 0.0, 6.5510803350434, -0.00142857142857143, 0.00142857142857143},
    {-700.0, 0.25, -168.448919664957, 0.248571428571429, 0.00142857142857143},
    {-700.0, 1.0, -693.448919664957, 0.998571428571429, 0.00142857142857143},
    {-30.0, 0.0, 3.40119738166225, -0.0333333333332398, 0.0333333333332398},
    {-30.0, 0.25, -4.09880261833775, 0.21666666666676, 0.0333333333332398},
    {-30.0, 1.0, -26.5988026183378, 0.96666666666676, 0.0333333333332398},
    {-2.5, 0.0, 1.00194121561619, -0.310574510166148, 0.310574510166148},
    {-2.5, 0.25, 0.376941215616193, -0.060574510166148, 0.310574510166148},
    {-2.5, 1.0, -1.49805878438381, 0.689425489833852, 0.310574510166148},
    {-0.7, 0.0, 0.329666053598962, -0.442137565906503, 0.442137565906503},
    {-0.7, 0.25, 0.154666056579194, -0.192137565906503, 0.442137565906503},
    {-0.7, 1.0, -0.370333934480109, 0.557862434093497, 0.442137565906503},
    {-0.5, 0.0, 0.239604949007243, -0.458505917463202, 0.458505917463202},
    {-0.5, 0.25, 0.114604949007243, -0.208505917463202, 0.458505917463202},
    {-0.5, 1.0, -0.260395050992757, 0.541494082536798, 0.458505917463202},
    {-0.001, 0.0, 0.000499958357078448, -0.499916666664097, 0.499916666664097},
    {-0.001, 0.25, 0.000249958345204085, -0.249916666664097, 0.499916666664097},
    {-0.001, 1.0, -0.000500041690419003, 0.500083333335903, 0.499916666664097},
    {1e-07, 0.0, -5.00000010009715e-8, -0.500000008333333, 0.500000008333333},
    {1e-07, 0.25, -2.50000007088191e-8, -0.250000008333333, 0.500000008333333},
    {1e-07, 1.0, 5.00000001676382e-8, 0.499999991666667, 0.500000008333333},
    {0.3, 0.0, -0.153747197769131, -0.524962581165706, 0.524962581165706},
    {0.3, 0.25, -0.0787471947888987, -0.274962581165706, 0.524962581165706},
    {0.3, 1.0, 0.146252814151798, 0.475037418834294, 0.524962581165706},
    {0.625, 0.0, -0.328723385881806, -0.551747372319972, 0.551747372319972},
    {0.625, 0.25, -0.172473385881806, -0.301747372319972, 0.551747372319972},
    {0.625, 1.0, 0.296276614118194, 0.448252627680028, 0.551747372319972},
    {1.0, 0.0, -0.541324854612918, -0.581976706869326, 0.581976706869326},
    {1.0, 0.25, -0.291324854612918, -0.331976706869326, 0.581976706869326},
    {1.0, 1.0, 0.458675145387082, 0.418023293130674, 0.581976706869326},
    {12.0, 0.0, -9.51508720598077, -0.916672810916772, 0.916672810916772},
    {12.0, 0.25, -6.51508720598077, -0.666672810916772, 0.916672810916772},
    {12.0, 1.0, 2.48491279401923, 0.0833271890832284, 0.916672810916772},
    {95.0, 0.0, -90.4461231083995, -0.989473684210526, 0.989473684210526},
    {95.0, 0.25, -66.6961231083995, -0.739473684210526, 0.989473684210526},
    {95.0, 1.0, 4.55387689160054, 0.0105263157894737, 0.989473684210526},
  };

  private static HostTensor column(double... values) {
    HostTensor result = HostTensor.zeros(Shape.of(values.length, 1, 1, 1));
    for (int i = 0; i < values.length; i++) {
      result.data()[i] = (float) values[i];
    }
    return result;
  }

  private static HostTensor repeat(double value, int count) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return column(values);
  }

  @TestFactory
  @DisplayName("has the density, its derivative and the mean that the definition gives")
  Stream<DynamicTest> exact() {
    return Stream.of(EXACT)
        .map(row ->
            DynamicTest.dynamicTest("logit " + row[0] + ", pixel " + row[1], () -> checkRow(row)));
  }

  private static void checkRow(double[] row) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      HostTensor logit = column(row[0]);
      backend
          .variables()
          .create(new Parameter("l", logit.shape(), new Initializer.Given(logit)), logit);
      List<double[]> results = backend
          .compileGradients((trace, in) -> List.of(
              LIKELIHOOD.logProb(new Inputs(in.get(0)), trace.parameter("l")).sum(),
              LIKELIHOOD.mean(trace.parameter("l"))))
          .runExactly(column(row[1]));
      assertThat(results.get(0)[0]).isCloseTo(row[2], CLOSE);
      assertThat(results.get(2)[0]).as("derivative").isCloseTo(row[3], within(2e-7));
      assertThat(results.get(1)[0]).as("mean").isCloseTo(row[4], CLOSE);
    }
  }

  @Test
  @DisplayName("integrates to one over [0, 1]")
  void integrates() {
    int steps = 4_000;
    double[] pixels = new double[steps];
    for (int i = 0; i < steps; i++) {
      pixels[i] = (i + 0.5) / steps;
    }
    for (double logit : new double[] {-40, -3, -0.61, -0.59, 0, 0.2, 5, 40}) {
      double sum = 0;
      try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
        double[] logDensities = backend
            .compile((trace, in) -> List.of(LIKELIHOOD.logProb(new Inputs(in.get(0)), in.get(1))))
            .runExactly(column(pixels), repeat(logit, steps))
            .get(0);
        for (double logDensity : logDensities) {
          sum += Math.exp(logDensity) / steps;
        }
      }
      assertThat(sum).as("logit %s", logit).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  @DisplayName("draws by the inverse of its distribution function")
  void draws() {
    int count = 50_000;
    double[] uniform = new double[count];
    for (int i = 0; i < count; i++) {
      uniform[i] = (i + 0.5) / count;
    }
    for (double logit : new double[] {-60, -2, -1e-6, 0, 0.5, 8}) {
      double[] drawn;
      try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
        drawn = backend
            .compile((trace, in) -> List.of(LIKELIHOOD.sample(in.get(0), in.get(1), in.get(1))))
            .runExactly(repeat(logit, count), column(uniform))
            .get(0);
      }
      for (double edge : new double[] {0.05, 0.3, 0.5, 0.9}) {
        double below = 0;
        for (double value : drawn) {
          assertThat(value).isBetween(0.0, 1.0);
          below += value <= edge ? 1 : 0;
        }
        double expected = logit == 0 ? edge : Math.expm1(logit * edge) / Math.expm1(logit);
        assertThat(below / count).as("logit %s", logit).isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Test
  @DisplayName("knows the logit of a mean, and keeps it finite for black and white")
  void outputs() {
    for (double[] row : EXACT) {
      if (row[4] > 1e-2 && row[4] < 0.99) {
        assertThat(LIKELIHOOD.outputsFor(row[4], 0)[0]).isCloseTo(row[0], within(1e-4));
      }
    }
    assertThat(LIKELIHOOD.outputsFor(0, 0)[0]).isCloseTo(-1000, within(1.0));
    assertThat(LIKELIHOOD.outputsFor(1, 0)[0]).isCloseTo(1000, within(1.0));
  }
}
