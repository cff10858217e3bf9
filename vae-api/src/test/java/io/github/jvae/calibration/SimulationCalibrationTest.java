package io.github.jvae.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.plugin.Kind;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Simulation-based calibration")
class SimulationCalibrationTest {
  private static final SimulationSettings SETTINGS = new SimulationSettings(1000, 19, 10, 5);

  private static List<RankHistogram> run(Vae vae) {
    try (vae;
        SimulationCalibration calibration =
            new SimulationCalibration(vae.runtime(), vae.inference())) {
      return calibration.run(SETTINGS);
    }
  }

  @Test
  @DisplayName("finds the ranks of an exact posterior even")
  void exact() {
    List<RankHistogram> histograms = run(LinearGaussian.exact());
    assertThat(histograms)
        .extracting(RankHistogram::quantity)
        .containsExactly("z[0]", "z[1]", "log p(x|z)");
    for (RankHistogram each : histograms) {
      assertThat(each.counts()).hasSize(10);
      assertThat(each.counts().stream().mapToInt(c -> c).sum()).isEqualTo(1000);
      assertThat(each.pValue()).as(each.quantity()).isBetween(0.01, 1.0);
      // Four standard errors: of the mean rank, 0.3 / √1000; of the variance, 0.9 / √1000.
      assertThat(each.shift()).as(each.quantity()).isCloseTo(0, within(0.04));
      assertThat(each.spread()).as(each.quantity()).isCloseTo(1, within(0.12));
    }
    assertThat(run(LinearGaussian.exact())).isEqualTo(histograms);
  }

  @Test
  @DisplayName("finds a posterior that is too narrow by more ranks at both ends than between")
  void narrow() {
    for (RankHistogram each : run(LinearGaussian.vae("elbo", 1, 0, 0.6)).subList(0, 2)) {
      assertThat(each.pValue()).isLessThan(1e-6);
      assertThat(each.spread()).isGreaterThan(1.3);
      assertThat(each.counts().get(0)).isGreaterThan(150);
      assertThat(each.counts().get(9)).isGreaterThan(150);
      assertThat(each.counts().get(4) + each.counts().get(5)).isLessThan(160);
    }
  }

  @Test
  @DisplayName("finds one that is too wide by more ranks in the middle")
  void wide() {
    for (RankHistogram each : run(LinearGaussian.vae("elbo", 1, 0, 1.7)).subList(0, 2)) {
      assertThat(each.pValue()).isLessThan(1e-6);
      assertThat(each.spread()).isLessThan(0.75);
      assertThat(each.counts().get(0)).isLessThan(60);
    }
  }

  @Test
  @DisplayName("finds one whose draws are too high by low ranks")
  void shifted() {
    for (RankHistogram each : run(LinearGaussian.vae("elbo", 1, 0.4, 1)).subList(0, 2)) {
      assertThat(each.pValue()).isLessThan(1e-6);
      assertThat(each.shift()).isLessThan(-0.08);
    }
  }

  @Test
  @DisplayName("finds a posterior that is the prior by the log-likelihood, and by that alone")
  void blind() {
    // The deviations are no longer those of the exact posterior: one of them is made 1, and then
    // the other is not; so both are stretched by what makes that of the first 1.
    double stretch = 1 / Math.sqrt(LinearGaussian.variance(0));
    List<RankHistogram> histograms = run(LinearGaussian.vae("elbo", 0, 0, stretch));
    assertThat(histograms.get(0).pValue()).isGreaterThan(0.01);
    assertThat(histograms.get(2).pValue()).isLessThan(1e-6);
    assertThat(histograms.get(2).shift()).isGreaterThan(0.2);
  }

  @Test
  @DisplayName("gives equals any place among them: an example that nothing is known of")
  void ties() {
    Vae vae = LinearGaussian.exact();
    vae.runtime()
        .backend()
        .variables()
        .write("decoder.output.weight", HostTensor.zeros(Shape.of(3, 2)));
    RankHistogram logLikelihood = run(vae).get(2);
    assertThat(logLikelihood.pValue()).isBetween(0.01, 1.0);
  }

  @Test
  @DisplayName("has the p-value of the chi-square test, and the moments of its ranks")
  void histogram() {
    // Expected are 2 in each of 3 bins: (2² + 0 + 2²) / 2 = 4, and P(χ²₂ > 4) = e⁻².
    RankHistogram histogram = RankHistogram.of("z", new int[] {0, 1, 1, 0, 2, 3}, 5, 3);
    assertThat(histogram.counts()).containsExactly(4, 2, 0);
    assertThat(histogram.pValue()).isCloseTo(Math.exp(-2), within(1e-12));
    // Their mean is 7/6, of 2.5 among 5; their mean square 15/6; even ranks vary by 35/12.
    assertThat(histogram.shift()).isCloseTo((7 / 6.0 - 2.5) / 5, within(1e-12));
    assertThat(histogram.spread()).isCloseTo((15 / 6.0 - 49 / 36.0) / (35 / 12.0), within(1e-12));
  }

  @Test
  @DisplayName("has a band of counts that even ranks seldom leave, by the binomial distribution")
  void band() {
    // Of 8 ranks in 2 bins: 0 or 8 in a bin have 1/256 each, 1 or 7 have 8/256.
    RankHistogram histogram = RankHistogram.of("z", new int[] {0, 0, 0, 0, 1, 1, 1, 0}, 1, 2);
    assertThat(histogram.expected()).isEqualTo(4);
    assertThat(histogram.band(0.98)).isEqualTo(new RankHistogram.Band(1, 7));
    assertThat(histogram.band(0.995)).isEqualTo(new RankHistogram.Band(0, 8));
    assertThat(histogram.band(0.9)).isEqualTo(new RankHistogram.Band(2, 6));
  }

  @Test
  @DisplayName("refuses bins that ranks do not fill, too few simulations, and models without a"
      + " posterior or a prior")
  void refused() {
    assertThatThrownBy(() -> new SimulationSettings(1000, 100, 20, 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("one less than a multiple of them, such as 99 for 20");
    assertThatThrownBy(() -> new SimulationSettings(99, 99, 20, 1))
        .hasMessage("a histogram of 20 bins needs at least 100 simulations, not 99");
    assertThatThrownBy(() -> run(LinearGaussian.vae("rae", 1, 0, 1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the objective rae trains neither a prior to draw from");
    assertThatThrownBy(() -> run(Vae.builder()
            .backend(new ReferenceModule())
            .example(4)
            .latent(2)
            .component(Kind.MODEL, ComponentConfig.of("hvae"))
            .build()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("calibration needs one prior");
    Vae broken = LinearGaussian.exact();
    broken
        .runtime()
        .backend()
        .variables()
        .write("decoder.output.bias", HostTensor.of(Shape.of(3), Float.NaN, 0, 0));
    assertThatThrownBy(() -> run(broken)).hasMessageContaining("not a finite number");
  }
}
