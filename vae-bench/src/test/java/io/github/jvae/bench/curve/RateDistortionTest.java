package io.github.jvae.bench.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.Vae;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Holdout;
import io.github.jvae.data.Transforms;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.Layer;
import io.github.jvae.train.Schedule;
import io.github.jvae.train.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rate and distortion of a linear model and normal data")
final class RateDistortionTest {
  private static final double SIGMA = 0.5;
  private static final int COUNT = 1024;

  /** Two columns that do not correlate, of the variances 4 and 0.5, exactly. */
  private static Examples normal() {
    Random random = new Random(3);
    double[] first = random.doubles(COUNT / 2).toArray();
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < COUNT / 4; i++) {
      double radius = Math.sqrt(-2 * Math.log((i + 0.5) / (COUNT / 4)));
      double angle = 2 * Math.PI * first[i];
      float a = (float) (radius * Math.cos(angle));
      float b = (float) (radius * Math.sin(angle));
      // A quarter turn, four times: the columns have one variance, and no covariance.
      for (float[] turned : new float[][] {{a, b}, {-b, a}, {-a, -b}, {b, -a}}) {
        rows.add(turned);
      }
    }
    double variance = rows.stream().mapToDouble(row -> (double) row[0] * row[0]).sum() / COUNT;
    for (float[] row : rows) {
      row[0] *= (float) Math.sqrt(4 / variance);
      row[1] *= (float) Math.sqrt(0.5 / variance);
    }
    return Examples.of("normal", rows);
  }

  @Test
  @DisplayName("lie on Shannon's curve; at the weight 1 the bound is the likelihood")
  void shannon() {
    Examples data = normal();
    DataParts parts = new DataParts("normal", data, data, "here");
    for (double beta : new double[] {0.5, 1, 4}) {
      try (Vae vae = Vae.builder()
          .backend("nd4j")
          .threads(1)
          .example(2)
          .latent(2)
          .layers(List.of(new Layer.Flatten()), List.of(new Layer.Dense(2)))
          .gaussian(SIGMA)
          .build()) {
        vae.train(
            parts,
            TrainingOptions.defaults()
                .withValidation(Holdout.none())
                .withBatchSize(128)
                .withEpochs(120)
                .withLearningRate(Schedule.parseLearningRate("lr", "cosine:0.03..1e-4@120"))
                .withKlWeight(Schedule.constant(beta)));
        requireOnCurve(beta, vae.evaluate(data, 256, Transforms.none(), 1));
      }
    }
  }

  /**
   * Each dimension keeps an error of β σ², or of all its variance where that is less, at the rate
   * {@code ½ log (λ / D)} (Shannon, "Coding theorems for a discrete source with a fidelity
   * criterion", 1959).
   */
  private static void requireOnCurve(double beta, Metrics found) {
    double rate = 0;
    double distortion = Math.log(2 * Math.PI * SIGMA * SIGMA);
    for (double variance : new double[] {4, 0.5}) {
      double error = Math.min(variance, beta * SIGMA * SIGMA);
      rate += 0.5 * Math.log(variance / error);
      distortion += 0.5 * error / (SIGMA * SIGMA);
    }
    assertThat(found.kl()).as("rate at " + beta).isCloseTo(rate, within(0.04));
    assertThat(-found.logLikelihood()).as("distortion").isCloseTo(distortion, within(0.12));
    if (beta == 1) {
      // log p(x) of N(0, λ) with λ no less than σ²: -½ (log 2πλ + 1), for each dimension.
      double likelihood = -0.5 * (2 * Math.log(2 * Math.PI) + Math.log(4 * 0.5) + 2);
      assertThat(-rate - distortion).isCloseTo(likelihood, within(1e-12));
      assertThat(found.elbo()).isCloseTo(likelihood, within(0.1));
    }
  }
}
