package io.github.jvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.Conditions;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.reference.Evaluation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flow priors against quadrature. */
@DisplayName("A flow prior")
class FlowPriorTest {
  private static final int POINTS = 301;
  private static final double EDGE = 12;
  private static final int DRAWS = 20_000;

  private static ModelContext context(int latent) {
    return ModelContext.of(Shape.of(1, 2, 2), latent);
  }

  private static Options complete(Options given) {
    return new DeclaredOptions("prior", List.of(FlowPrior.options())).complete(given);
  }

  /** A prior for an extent of the latent vector. */
  private record Case(FlowPrior prior, int latent) {
    @Override
    public String toString() {
      return prior.name() + " of " + latent;
    }
  }

  static Stream<Case> priors() {
    Options few = complete(Options.none().with("hidden", OptionValue.of(List.of(16))));
    Options free = few.with("bounded", OptionValue.of(false));
    return Stream.of(few, free)
        .flatMap(options -> Stream.of(
            new Case(FlowPrior.maf(options, context(1)), 1),
            new Case(FlowPrior.maf(options, context(2)), 2),
            new Case(FlowPrior.realNvp(options, context(2)), 2)));
  }

  @ParameterizedTest
  @MethodSource("priors")
  @DisplayName("is a density, and draws what it is the density of")
  void density(Case each) {
    FlowPrior prior = each.prior();
    int latent = each.latent();
    HostTensor grid = Evaluation.grid(-EDGE, EDGE, POINTS, latent);
    double[] logProb = Evaluation.of(
            prior, in -> List.of(prior.logProb(in.get(0), Conditions.none())), grid)
        .get(0);
    double cell = Math.pow(2 * EDGE / (POINTS - 1), latent);
    double mass = 0;
    double[][] moments = new double[4][latent];
    for (int i = 0; i < logProb.length; i++) {
      double weight = Math.exp(logProb[i]) * cell;
      mass += weight;
      for (int axis = 0; axis < latent; axis++) {
        for (int power = 0; power < 4; power++) {
          moments[power][axis] += weight * Math.pow(grid.data()[latent * i + axis], power + 1);
        }
      }
    }
    assertThat(mass).isCloseTo(1, within(1e-3));
    double[] z = Evaluation.of(
            prior,
            in -> List.of(prior.sample(in.get(0), Conditions.none())),
            Evaluation.normal("draws", 1, DRAWS, latent))
        .get(0);
    boolean isNormal = true;
    for (int axis = 0; axis < latent; axis++) {
      for (int power = 1; power <= 2; power++) {
        double mean = moments[power - 1][axis];
        double error = Math.sqrt((moments[2 * power - 1][axis] - mean * mean) / DRAWS);
        assertThat(sampled(z, latent, axis, power)).isCloseTo(mean, within(4 * error));
        isNormal &= Math.abs(mean - (power - 1)) < 4 * error;
      }
    }
    // Else a sampler that draws from N(0, I) would pass.
    assertThat(isNormal).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {FlowPrior.MAF, FlowPrior.REAL_NVP})
  @DisplayName("that is conditional is a density under each condition, and not the same one")
  void conditional(String name) {
    ModelContext told = context(2).withConditions(Map.of("label", Shape.of(2)));
    Options options = complete(Options.none()
        .with("hidden", OptionValue.of(List.of(16)))
        .with("conditional", OptionValue.of(true)));
    FlowPrior prior = name.equals(FlowPrior.MAF)
        ? FlowPrior.maf(options, told)
        : FlowPrior.realNvp(options, told);
    HostTensor grid = Evaluation.grid(-EDGE, EDGE, POINTS, 2);
    int points = grid.shape().dimension(0);
    List<double[]> logProb = Evaluation.of(
        prior,
        in -> Stream.of(0, 1)
            .map(label -> in.get(0)
                .trace()
                .constant(HostTensor.of(Shape.of(2), 1 - label, label))
                .broadcastTo(Shape.of(points, 2)))
            .map(label -> prior.logProb(in.get(0), Conditions.of(Map.of("label", label))))
            .toList(),
        grid);
    double cell = Math.pow(2 * EDGE / (POINTS - 1), 2);
    double apart = 0;
    for (double[] each : logProb) {
      double mass = 0;
      for (int i = 0; i < points; i++) {
        mass += Math.exp(each[i]) * cell;
        apart = Math.max(apart, Math.abs(each[i] - logProb.get(0)[i]));
      }
      assertThat(mass).isCloseTo(1, within(1e-3));
    }
    assertThat(apart).isGreaterThan(0.1);
  }

  @Test
  @DisplayName("that is conditional needs something to follow")
  void nothingTold() {
    Options options = complete(Options.none().with("conditional", OptionValue.of(true)));
    assertThatThrownBy(() -> FlowPrior.maf(options, context(2)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("conditional", "--condition label");
  }

  private static double sampled(double[] z, int latent, int axis, int power) {
    double sum = 0;
    for (int i = axis; i < z.length; i += latent) {
      sum += Math.pow(z[i], power);
    }
    return sum / DRAWS;
  }

  @Test
  @DisplayName("of coupling layers needs two latent dimensions")
  void oneDimension() {
    assertThatThrownBy(() -> FlowPrior.realNvp(complete(Options.none()), context(1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("real-nvp", "at least 2", "maf");
  }

  @Test
  @DisplayName("that draws one dimension after another is not for hundreds of them")
  void manyDimensions() {
    int most = FlowPrior.MOST_MAF_DIMENSIONS;
    assertThatThrownBy(() -> FlowPrior.maf(complete(Options.none()), context(most + 1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("maf", "at most " + most, "not " + (most + 1), "real-nvp");
  }

  @Test
  @DisplayName("takes no layers, or hidden layers of no units, for a mistake")
  void options() {
    for (Options wrong : List.of(
        Options.none().with("layers", 0),
        Options.none().with("hidden", OptionValue.of(List.of(0))))) {
      assertThatThrownBy(() -> complete(wrong)).isInstanceOf(ConfigurationException.class);
    }
  }
}
