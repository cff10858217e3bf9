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
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Scores of anomaly")
final class AnomalyScorerTest {
  /** More than are read at once, and not a multiple of that. */
  private static final Examples DATA = Shapes.generate(3, 71, 12).train().limit(71);

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

  private static List<AnomalyScores> scores(AnomalyScorer scorer, int from, int samples) {
    List<AnomalyScores> all = new ArrayList<>();
    scorer.score(DATA, from, samples, Transforms.none(), 1, all::add);
    return all;
  }

  @Test
  @DisplayName(
      "are the negatives of log p(x) as it is estimated, of the bound and of its first term")
  void definitions() {
    try (Vae vae = newVae();
        AnomalyScorer scorer = AnomalyScorer.of(vae.runtime());
        LogLikelihoodEstimator estimator =
            new LogLikelihoodEstimator(vae.runtime(), Proposal.POSTERIOR);
        Evaluator evaluator = new Evaluator(vae.runtime())) {
      HostTensor few = DATA.tensor(IntStream.range(0, 5).toArray());
      List<AnomalyScores> scores = scorer.score(few, Map.of(), 3000, 1);
      double[] estimates = estimator.estimate(few, 3000, 1);
      Metrics metrics = evaluator.evaluate(DATA.limit(5), 5, Transforms.none(), 1);
      double elbo = 0;
      double reconstruction = 0;
      for (int i = 0; i < 5; i++) {
        assertThat(scores.get(i).index()).isEqualTo(i);
        assertThat(scores.get(i).logLikelihood()).isEqualTo(-estimates[i]);
        elbo += scores.get(i).elbo() / 5;
        reconstruction += scores.get(i).reconstruction() / 5;
      }
      double error = 4 * metrics.elboStandardError() / Math.sqrt(5);
      assertThat(-elbo).isCloseTo(metrics.elbo(), within(Math.max(error, 1.0)));
      assertThat(-reconstruction).isCloseTo(metrics.logLikelihood(), within(Math.max(error, 1.0)));
      assertThat(elbo - reconstruction).as("KL").isCloseTo(metrics.kl(), within(0.2));
    }
  }

  @Test
  @DisplayName("with one draw are log p(x) and the bound alike; with several, log p(x) is less, as"
      + " weights are averaged and not their logarithms")
  void averagesWeights() {
    try (Vae vae = newVae();
        AnomalyScorer scorer = AnomalyScorer.of(vae.runtime())) {
      scores(scorer, 0, 1).forEach(one -> assertThat(one.logLikelihood()).isEqualTo(one.elbo()));
      scores(scorer, 0, 20).forEach(one -> {
        assertThat(one.logLikelihood()).isLessThan(one.elbo());
        for (AnomalyScore score : AnomalyScore.values()) {
          assertThat(one.of(score)).isFinite();
        }
      });
    }
  }

  @Test
  @DisplayName("are the same from whichever example on, and for examples one by one")
  void divided() {
    try (Vae vae = newVae();
        AnomalyScorer scorer = AnomalyScorer.of(vae.runtime())) {
      List<AnomalyScores> all = scores(scorer, 0, 3);
      assertThat(all).hasSize(DATA.size());
      for (int from : new int[] {1, 63, 64, 65, 70}) {
        assertThat(scores(scorer, from, 3)).isEqualTo(all.subList(from, all.size()));
      }
      assertThat(scores(scorer, DATA.size(), 3)).isEmpty();
      assertThat(scorer.score(DATA.tensor(0, 1), Map.of(), 3, 1)).isEqualTo(all.subList(0, 2));
    }
  }

  @Test
  @DisplayName("are sums of what elements add to the reconstruction")
  void contributions() {
    try (Vae vae = newVae();
        AnomalyScorer whole = AnomalyScorer.of(vae.runtime());
        AnomalyScorer each = AnomalyScorer.withContributions(vae.runtime())) {
      List<AnomalyScores> expected = scores(whole, 60, 5);
      List<AnomalyScores> found = scores(each, 60, 5);
      for (int i = 0; i < expected.size(); i++) {
        AnomalyScores scores = found.get(i);
        assertThat(scores.logLikelihood()).isCloseTo(expected.get(i).logLikelihood(), within(1e-6));
        HostTensor contributions = scores.contributions().orElseThrow();
        assertThat(contributions.shape()).isEqualTo(Shape.of(3, 32, 32));
        double sum = 0;
        for (float contribution : contributions.data()) {
          sum += contribution;
        }
        assertThat(sum).isCloseTo(expected.get(i).reconstruction(), within(1e-3));
        assertThat(expected.get(i).contributions()).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("are refused in one sentence without draws, for another shape, for what has no"
      + " probability, and for elements where the model says nothing of those")
  void refused() {
    try (Vae vae = newVae(ComponentConfig.of("bernoulli"));
        AnomalyScorer scorer = AnomalyScorer.of(vae.runtime())) {
      assertThatThrownBy(() -> scores(scorer, 0, 0))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("needs at least 1 draw for each image, not 0");
      assertThatThrownBy(() -> scorer.score(HostTensor.zeros(Shape.of(1, 3, 2, 2)), Map.of(), 1, 1))
          .hasMessageContaining("the model takes images");
      HostTensor outside = HostTensor.zeros(Shape.of(1, 3, 32, 32));
      outside.data()[7] = 1.5f;
      assertThatThrownBy(() -> scorer.score(outside, Map.of(), 1, 1))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("1.5");
    }
    try (Vae vae = newVae(ComponentConfig.of("logistic-mixture"));
        AnomalyScorer scorer = AnomalyScorer.withContributions(vae.runtime())) {
      assertThatThrownBy(() -> scores(scorer, 0, 1))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("logistic-mixture does not say what each element");
    }
  }
}
