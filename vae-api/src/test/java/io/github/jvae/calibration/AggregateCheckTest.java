package io.github.jvae.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.plugin.Kind;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("All posteriors together")
class AggregateCheckTest {
  private static final int COUNT = 1024;

  private static AggregateFindings check(Vae vae, int count, double quantile, long seed) {
    try (vae) {
      return checkOpen(vae, count, quantile, seed);
    }
  }

  private static AggregateFindings checkOpen(Vae vae, int count, double quantile, long seed) {
    return new AggregateCheck(vae.runtime(), vae.inference())
        .check(LinearGaussian.examples(count, seed), Transforms.none(), quantile, seed + 1000);
  }

  private static void requireBetween(double exact, Estimate least, Estimate most, double apart) {
    assertThat(least.value()).isLessThan(exact + 4 * least.standardError());
    assertThat(most.value()).isGreaterThan(exact - 4 * most.standardError());
    assertThat(most.value() - least.value()).isPositive().isLessThan(apart);
  }

  @Test
  @DisplayName("of an exact linear model are the prior: no divergence, no discrepancy, no holes")
  void exact() {
    AggregateFindings found = check(LinearGaussian.exact(), COUNT, 0.05, 1);
    assertThat(found.examples()).isEqualTo(COUNT);
    requireBetween(0, found.divergenceAtLeast(), found.divergenceAtMost(), 0.01);
    requireBetween(
        LinearGaussian.information(1, 1),
        found.informationAtLeast(),
        found.informationAtMost(),
        0.01);
    assertThat(found.discrepancy().value())
        .isCloseTo(0, within(4 * found.discrepancy().standardError()));
    // The threshold and the share are both counted: twice the variance of one.
    assertThat(found.holes().value())
        .isCloseTo(0.05, within(4 * Math.sqrt(2 * 0.05 * 0.95 / COUNT)));
  }

  @Test
  @DisplayName("of a linear model that is not exact have their divergence, information and rate")
  void inexact() {
    AggregateFindings found = check(LinearGaussian.vae("elbo", 0.7, 0.5, 0.6), COUNT, 0.05, 2);
    double divergence = LinearGaussian.divergence(0.7, 0.5, 0.6);
    double information = LinearGaussian.information(0.7, 0.6);
    assertThat(divergence).isGreaterThan(0.3);
    requireBetween(divergence, found.divergenceAtLeast(), found.divergenceAtMost(), 0.02);
    requireBetween(information, found.informationAtLeast(), found.informationAtMost(), 0.02);
    assertThat(found.rate().value())
        .isCloseTo(divergence + information, within(4 * found.rate().standardError()));
    // The sum holds in each estimate.
    assertThat(found.informationAtLeast().value() + found.divergenceAtMost().value())
        .isCloseTo(found.rate().value(), within(1e-9));
    assertThat(found.informationAtMost().value() + found.divergenceAtLeast().value())
        .isCloseTo(found.rate().value(), within(1e-9));
    assertThat(found.discrepancy().value())
        .isGreaterThan(5 * found.discrepancy().standardError());
    assertThat(found.holes().value()).isGreaterThan(0.15);
  }

  @Test
  @DisplayName("that are all one have holes as integrated over its ellipse, and tell nothing")
  void oneEllipse() {
    double quantile = 0.1;
    AggregateFindings found = check(LinearGaussian.vae("elbo", 0, 0, 0.8), COUNT, quantile, 3);
    assertThat(found.informationAtLeast().value()).isCloseTo(0, within(1e-5));
    assertThat(found.informationAtMost().value()).isCloseTo(0, within(1e-5));
    // Less dense than at a share of its own draws is what lies beyond Σ z_j² / τ_j² = -2 log share:
    // integrated along each direction of a standard normal draw.
    double first = LinearGaussian.aggregateVariance(0, 0, 0.8);
    double second = LinearGaussian.aggregateVariance(1, 0, 0.8);
    double share = 0;
    int directions = 10_000;
    for (int i = 0; i < directions; i++) {
      double angle = 2 * Math.PI * i / directions;
      double slope = Math.pow(Math.cos(angle), 2) / first + Math.pow(Math.sin(angle), 2) / second;
      share += Math.exp(Math.log(quantile) / slope) / directions;
    }
    assertThat(share).isGreaterThan(0.3);
    assertThat(found.holes().value()).isCloseTo(share, within(0.06));
  }

  @Test
  @DisplayName("have errors as large as estimates differ from set to set")
  void errors() {
    int repetitions = 80;
    List<AggregateFindings> all = new ArrayList<>();
    try (Vae vae = LinearGaussian.vae("elbo", 0.7, 0.5, 0.6)) {
      for (int i = 0; i < repetitions; i++) {
        all.add(checkOpen(vae, 128, 0.05, 10 + i));
      }
    }
    requireErrors(all.stream().map(AggregateFindings::divergenceAtMost).toList());
    requireErrors(all.stream().map(AggregateFindings::divergenceAtLeast).toList());
    requireErrors(all.stream().map(AggregateFindings::informationAtLeast).toList());
    requireErrors(all.stream().map(AggregateFindings::rate).toList());
  }

  private static void requireErrors(List<Estimate> estimates) {
    double deviation =
        Estimate.mean(estimates.stream().mapToDouble(Estimate::value).toArray()).standardError()
            * Math.sqrt(estimates.size());
    double told =
        estimates.stream().mapToDouble(Estimate::standardError).average().orElseThrow();
    // The deviation of 80 is known to 8 %.
    assertThat(told / deviation).isBetween(0.75, 1.3);
  }

  @Test
  @DisplayName("have the density that their formula says")
  void mixture() {
    // N(0, 1), N(2, 4) and N(-1, 0.25).
    PosteriorMixture mixture = new PosteriorMixture(
        HostTensor.of(Shape.of(3, 1), 0, 2, -1),
        HostTensor.of(Shape.of(3, 1), 0, (float) Math.log(4), (float) Math.log(0.25)));
    double first = density(1, 0, 1);
    double second = density(1, 2, 2);
    double third = density(1, -1, 0.5);
    assertThat(mixture.at(HostTensor.of(Shape.of(1, 1), 1))[0])
        .isCloseTo(Math.log((first + second + third) / 3), within(1e-6));
    PosteriorMixture.Densities own = mixture.atOwnDraws(HostTensor.of(Shape.of(3, 1), 5, 1, 7))[1];
    assertThat(own.own()).isCloseTo(Math.log(second), within(1e-6));
    assertThat(own.all()).isCloseTo(Math.log((first + second + third) / 3), within(1e-6));
    assertThat(own.others()).isCloseTo(Math.log((first + third) / 2), within(1e-6));
  }

  private static double density(double x, double mean, double sigma) {
    double scaled = (x - mean) / sigma;
    return Math.exp(-0.5 * scaled * scaled) / (sigma * Math.sqrt(2 * Math.PI));
  }

  @Test
  @DisplayName("are not compared with too few examples, or where a density is not known")
  void refused() {
    assertThatThrownBy(() -> check(LinearGaussian.exact(), 2, 0.05, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("posteriors of at least 3 examples can be compared with the prior, not of 2");
    assertThatThrownBy(() -> check(LinearGaussian.exact(), 10, 1, 1))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("the quantile of the density in holes must be above 0 and below 1");
    assertThatThrownBy(() -> check(LinearGaussian.vae("rae", 1, 0, 1), 10, 0.05, 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is nothing to calibrate");
    Vae full = Vae.builder()
        .backend(new ReferenceModule())
        .example(3)
        .latent(2)
        .mlp(4)
        .component(Kind.POSTERIOR, ComponentConfig.of("full-covariance"))
        .build();
    assertThatThrownBy(() -> check(full, 10, 0.05, 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("posteriors depend on each other");
  }
}
