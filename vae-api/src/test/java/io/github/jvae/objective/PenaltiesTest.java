package io.github.jvae.objective;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Posterior;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What objectives add to the bound")
class PenaltiesTest {
  private static final int BATCH = 6;
  private static final Model MODEL = ObjectiveFixture.model();

  private static double mean(Map<String, double[]> made, String term) {
    return ObjectiveFixture.mean(requireNonNull(made.get(term)));
  }

  private static double loss(Map<String, double[]> made) {
    return requireNonNull(made.get("loss"))[0];
  }

  @Test
  @DisplayName("β-VAE: the divergence counts β times the schedule of its weight")
  void beta() {
    Map<String, double[]> made = ObjectiveFixture.evaluate(MODEL, new BetaVae(4), BATCH, 0.5);
    assertThat(loss(made))
        .isCloseTo(2 * mean(made, Loss.KL) - mean(made, Loss.LOG_LIKELIHOOD), within(1e-9));
    assertThat(mean(made, Loss.ELBO))
        .isCloseTo(mean(made, Loss.LOG_LIKELIHOOD) - mean(made, Loss.KL), within(1e-9));
  }

  @Test
  @DisplayName("Capacity: nothing where the divergence has it, and γ for each nat beside it")
  void capacity() {
    Capacity objective = new Capacity(7);
    double kl = mean(ObjectiveFixture.evaluate(MODEL, objective, BATCH, 0), Loss.KL);
    assertThat(mean(ObjectiveFixture.evaluate(MODEL, objective, BATCH, kl), Capacity.PENALTY))
        .isCloseTo(0, within(1e-5));
    for (double way : new double[] {-0.25, 0.25}) {
      Map<String, double[]> made = ObjectiveFixture.evaluate(MODEL, objective, BATCH, kl + way);
      assertThat(mean(made, Capacity.PENALTY)).isCloseTo(7 * 0.25, within(1e-5));
      assertThat(loss(made)).isCloseTo(7 * 0.25 - mean(made, Loss.LOG_LIKELIHOOD), within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(FreeBits.Part.class)
  @DisplayName("Free bits: no part counts less than λ, and all count what they are without any")
  void freeBits(FreeBits.Part part) {
    int parts = part == FreeBits.Part.GROUP ? 1 : ObjectiveFixture.LATENT;
    Map<String, double[]> without =
        ObjectiveFixture.evaluate(MODEL, new FreeBits(0, part), BATCH, 1);
    double kl = mean(without, Loss.KL);
    assertThat(mean(without, FreeBits.FREE_BITS_KL)).isCloseTo(kl, within(1e-9));
    for (double lambda : new double[] {kl / parts, 3 * kl}) {
      Map<String, double[]> made =
          ObjectiveFixture.evaluate(MODEL, new FreeBits(lambda, part), BATCH, 0.5);
      double charged = mean(made, FreeBits.FREE_BITS_KL);
      assertThat(charged).isGreaterThanOrEqualTo(parts * lambda - 1e-9);
      assertThat(loss(made))
          .isCloseTo(0.5 * charged - mean(made, Loss.LOG_LIKELIHOOD), within(1e-9));
    }
    double all = mean(
        ObjectiveFixture.evaluate(MODEL, new FreeBits(3 * kl, part), BATCH, 1),
        FreeBits.FREE_BITS_KL);
    assertThat(all).isCloseTo(parts * 3 * kl, within(1e-9));
  }

  /** Means and variances that the test knows: of an example's first numbers. */
  private record FirstThree() implements Encoder {
    @Override
    public DiagonalGaussian encode(Inputs in) {
      Tensor mean = in.x().slice(1, 0, ObjectiveFixture.LATENT);
      return new DiagonalGaussian(mean, mean.multiply(0.5));
    }
  }

  @ParameterizedTest
  @EnumSource(DipVae.Variant.class)
  @DisplayName("DIP-VAE: the squared distance of a covariance from the identity")
  void dip(DipVae.Variant variant) {
    double[] x = ObjectiveFixture.numbers(
        ObjectiveFixture.normal("x", ObjectiveFixture.EXAMPLE.prepend(BATCH)));
    int latent = ObjectiveFixture.LATENT;
    double expected = 0;
    for (int i = 0; i < latent; i++) {
      for (int j = 0; j < latent; j++) {
        double sum = 0;
        double one = 0;
        double other = 0;
        double variance = 0;
        for (int n = 0; n < BATCH; n++) {
          sum += x[n * 5 + i] * x[n * 5 + j] / BATCH;
          one += x[n * 5 + i] / BATCH;
          other += x[n * 5 + j] / BATCH;
          variance += Math.exp(0.5 * x[n * 5 + i]) / BATCH;
        }
        double covariance = sum - one * other;
        double own = covariance + (variant == DipVae.Variant.II ? variance : 0);
        expected += i == j ? 3 * Math.pow(own - 1, 2) : 2 * covariance * covariance;
      }
    }
    Map<String, double[]> made = ObjectiveFixture.evaluate(
        ObjectiveFixture.model(new FirstThree()), new DipVae(variant, 2, 3), BATCH, 1);
    assertThat(mean(made, DipVae.PENALTY)).isCloseTo(expected, within(1e-6));
    assertThat(loss(made)).isCloseTo(expected - mean(made, Loss.ELBO), within(1e-6));
  }

  @Test
  @DisplayName("InfoVAE: the divergence counts 1 - α, and the discrepancy α + λ - 1")
  void info() {
    Map<String, double[]> made =
        ObjectiveFixture.evaluate(MODEL, new InfoVae(0.25, 9, Kernel.IMQ, 1), BATCH);
    double mmd = mean(made, InfoVae.MMD);
    assertThat(mmd).isBetween(0.0, 1.0);
    assertThat(loss(made))
        .isCloseTo(
            0.75 * mean(made, Loss.KL) + 8.25 * mmd - mean(made, Loss.LOG_LIKELIHOOD),
            within(1e-9));
    assertThatThrownBy(() -> new InfoVae(0.5, 0.03, Kernel.RBF, 1))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("info", "alpha + lambda", "at least 1");
  }

  @ParameterizedTest
  @EnumSource(Rae.Regularizer.class)
  @DisplayName("RAE: the code's length and the decoder's penalty, of codes that are not drawn")
  void rae(Rae.Regularizer regularizer) {
    Rae objective = new Rae(2, regularizer, 0.1);
    Map<String, double[]> made = ObjectiveFixture.evaluate(MODEL, objective, BATCH);
    assertThat(mean(made, Rae.PENALTY)).isPositive();
    assertThat(loss(made)).isCloseTo(mean(made, Rae.PENALTY) - mean(made, Rae.NAME), within(1e-9));
    assertThat(objective.criterion()).isEqualTo(Rae.NAME);
    // With codes of no cost it is the log-likelihood at the code, above that of codes that are
    // drawn.
    Map<String, double[]> free =
        ObjectiveFixture.evaluate(MODEL, new Rae(0, regularizer, 0.1), BATCH);
    assertThat(mean(free, Rae.NAME)).isGreaterThan(mean(made, Rae.NAME));
  }

  /** Knows its own draws only, and no variances. */
  private record OwnDraws() implements Encoder {
    @Override
    public Posterior encode(Inputs in) {
      Tensor mean = in.x().slice(1, 0, ObjectiveFixture.LATENT);
      return new Posterior() {
        @Override
        public Tensor mean() {
          return mean;
        }

        @Override
        public Draw draw(Tensor noise) {
          return new Draw(mean.add(noise), () -> noise.square().sum(1));
        }
      };
    }
  }

  private static void refuses(Objective objective, String what, double... schedules) {
    Model model = ObjectiveFixture.model(new OwnDraws());
    assertThatThrownBy(() -> ObjectiveFixture.evaluate(model, objective, BATCH, schedules))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("objective " + objective.name(), what, "diagonal-gaussian");
  }

  @Test
  @DisplayName("More draws than there is room for are refused in a sentence")
  void tooManyDraws() {
    assertThatThrownBy(() -> new Miwae(10_000, 100_000).noiseSize(MODEL))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("objective miwae", "fewer draws");
  }

  @Test
  @DisplayName("An objective that needs more of the posterior than it knows says what")
  void posteriorOfOwnDraws() {
    BetaTc betaTc = ObjectiveFixture.objective(BetaTc::of, BetaTc.options(), Options.none(), MODEL);
    refuses(new Dreg(2), "log q(z|x)");
    refuses(betaTc, "density of each latent dimension", 50);
    refuses(new DipVae(DipVae.Variant.II, 1, 1), "variances", 1);
    refuses(new FreeBits(0.1, FreeBits.Part.DIMENSION), "sum over latent dimensions", 1);
  }
}
