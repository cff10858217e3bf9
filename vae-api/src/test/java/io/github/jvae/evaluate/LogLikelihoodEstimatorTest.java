package io.github.jvae.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An estimate of log p(x)")
final class LogLikelihoodEstimatorTest {
  /** More than are computed at once, and not a multiple of that. */
  private static final Examples DATA = Shapes.generate(3, 19, 12).train().limit(19);

  private static Vae newVae(ComponentConfig likelihood) {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .mlp(4)
        .latent(2)
        .likelihood(likelihood)
        .build();
  }

  private static Vae newVae() {
    return newVae(ComponentConfig.of("gaussian").with("sigma", 3));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is the same for a data set and for its images one by one, and tells its progress")
  void divided(Proposal proposal) {
    int[] all = new int[DATA.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    try (Vae vae = newVae();
        LogLikelihoodEstimator estimator = new LogLikelihoodEstimator(vae.runtime(), proposal)) {
      List<Long> progress = new ArrayList<>();
      LogLikelihoodEstimate estimate =
          estimator.estimate(DATA, 5, Transforms.none(), 1, progress::add);
      double[] each = estimator.estimate(DATA.tensor(all), 5, 1);
      double sum = 0;
      for (double value : each) {
        sum += value;
      }
      assertThat(estimate.logLikelihood())
          .isCloseTo(sum / each.length, within(1e-6 * Math.abs(sum)));
      assertThat(estimate.images()).isEqualTo(DATA.size());
      assertThat(estimate.effectiveSampleSize()).isBetween(1.0, 5.0);
      assertThat(estimate.standardError()).isPositive();
      assertThat(progress).containsExactly(5L * DATA.size());
    }
  }

  @Test
  @DisplayName("of one draw from the posterior is the sampled form of the bound on average")
  void oneDraw() {
    try (Vae vae = newVae();
        LogLikelihoodEstimator estimator =
            new LogLikelihoodEstimator(vae.runtime(), Proposal.POSTERIOR);
        Evaluator bound = new Evaluator(vae.runtime(), DivergenceForm.SAMPLED)) {
      double once =
          estimator.estimate(DATA, 1, Transforms.none(), 1, done -> {}).logLikelihood();
      double elbo = bound.evaluate(DATA, 8, Transforms.none(), 1).elbo();
      assertThat(once).isCloseTo(elbo, within(0.02 * Math.abs(elbo)));
    }
  }

  @Test
  @DisplayName("is refused in one line where there are no draws or no probability")
  void refused() {
    try (Vae vae = newVae();
        LogLikelihoodEstimator estimator =
            new LogLikelihoodEstimator(vae.runtime(), Proposal.POSTERIOR)) {
      assertThatThrownBy(() -> estimator.estimate(DATA, 0, Transforms.none(), 1, done -> {}))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("at least 1 draw");
      assertThatThrownBy(() -> estimator.estimate(HostTensor.zeros(Shape.of(1, 3, 8, 8)), 1, 1))
          .hasMessageContaining("[3, 32, 32]");
    }
    HostTensor image = HostTensor.zeros(Shape.of(1, 3, 32, 32));
    image.data()[7] = 0.5f;
    try (Vae vae = newVae(ComponentConfig.of("discretized-logistic"));
        LogLikelihoodEstimator estimator =
            new LogLikelihoodEstimator(vae.runtime(), Proposal.POSTERIOR)) {
      assertThatThrownBy(() -> estimator.estimate(image, 1, 1))
          .hasMessageContaining("multiples of 1/255")
          .hasMessageContaining("0.5");
    }
    image.data()[7] = 1.5f;
    try (Vae vae = newVae(ComponentConfig.of("bernoulli"));
        LogLikelihoodEstimator estimator =
            new LogLikelihoodEstimator(vae.runtime(), Proposal.PRIOR)) {
      assertThatThrownBy(() -> estimator.estimate(image, 1, 1))
          .hasMessageContaining("pixels from 0 to 1")
          .hasMessageContaining("1.5");
    }
  }

  @Test
  @DisplayName(
      "comes with active units and the quality of reconstructions, whatever the batch size")
  void inspection() {
    try (Vae vae = newVae()) {
      Inspector inspector = new Inspector(vae.runtime(), vae.inference());
      Inspector.Findings findings = inspector.inspect(DATA, 7, Transforms.none(), 1);
      Inspector.Findings whole = inspector.inspect(DATA, 19, Transforms.none(), 1);
      assertThat(findings.latents().variances()).hasSize(2);
      assertThat(findings.latents().activeUnits()).isBetween(0, 2);
      assertThat(findings.latents().kl()).allMatch(kl -> kl >= 0);
      double mse = findings.reconstructions().meanSquaredError();
      assertThat(mse).isPositive();
      assertThat(findings.reconstructions().psnr()).isCloseTo(-10 * Math.log10(mse), within(1e-9));
      assertThat(whole.reconstructions().meanSquaredError()).isCloseTo(mse, within(1e-6));
      assertThat(findings.reconstructions().ssim()).isBetween(-1.0, 1.0);
      assertThat(inspector.activity(DATA, 7, Transforms.none(), 1)).isEqualTo(findings.latents());
    }
  }

  @Test
  @DisplayName("of a density gives bits for dequantised images")
  void dequantized() {
    try (Vae vae = newVae();
        Evaluator evaluator = new Evaluator(vae.runtime())) {
      double elbo = evaluator.evaluate(DATA, 8, Transforms.none(), 1).elbo();
      double bits = evaluator.dequantizedBitsPerDim(DATA, 8, 1);
      // With so wide a Gaussian the added noise hardly matters.
      assertThat(bits).isCloseTo(8 - elbo / (3072 * Math.log(2)), within(0.01));
    }
  }
}
