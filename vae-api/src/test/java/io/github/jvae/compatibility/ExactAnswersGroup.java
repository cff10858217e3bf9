package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.evaluate.AnomalyScorer;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.evaluate.LogLikelihoodEstimator;
import io.github.jvae.evaluate.Proposal;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Objective;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Against an exact answer: with a linear decoder and a Gaussian likelihood, {@link LinearModel}
 * knows log p(x) and the posterior in closed form.
 */
abstract class ExactAnswersGroup extends CompatibilityGroup {
  private static final int BATCH = 5;
  private static final String SAMPLED = "{'type':'elbo','form':'sampled'}";

  ExactAnswersGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static final Shape IMAGE = LinearVae.IMAGE;
  private static final int LATENT = LinearVae.LATENT;

  /** With the sampled form of the bound. */
  private static ModelRuntime runtime(OpenBackend engine, LinearModel exact, LinearModel.Code q) {
    return LinearVae.of(engine, exact, q, SAMPLED);
  }

  /** The bound of each image at some noise. */
  private static double[] bound(ModelRuntime runtime, HostTensor x, HostTensor noise) {
    try (Executable elbo = runtime
        .backend()
        .compile((trace, inputs) -> List.of(runtime
            .objective()
            .evaluate(
                runtime.model(),
                new Inputs(inputs.get(0)),
                inputs.get(1),
                Map.of(Objective.KL_WEIGHT, trace.scalar(1)))
            .terms()
            .get("elbo")))) {
      return Closeness.doubles(elbo.run(x, noise).get(0));
    }
  }

  /**
   * The expected bound of each image: all terms are quadratic in the noise, so their mean over the
   * points ±√L along each axis is exact.
   */
  private static double[] expectedBound(ModelRuntime runtime, HostTensor x) {
    int batch = x.shape().dimension(0);
    double[] mean = new double[batch];
    for (int axis = 0; axis < LATENT; axis++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        HostTensor noise = HostTensor.zeros(Shape.of(batch, LATENT));
        for (int i = 0; i < batch; i++) {
          noise.data()[i * LATENT + axis] = (float) (sign * Math.sqrt(LATENT));
        }
        double[] bound = bound(runtime, x, noise);
        for (int i = 0; i < batch; i++) {
          mean[i] += bound[i] / (2 * LATENT);
        }
      }
    }
    return mean;
  }

  @Test
  @DisplayName("At the exact posterior the bound is log p(x), whatever is drawn, and so is any"
      + " importance-weighted estimate")
  void tight() {
    LinearModel exact = LinearModel.example(IMAGE.size(), 0.4);
    HostTensor x = Numbers.normal("x", IMAGE.prepend(BATCH));
    try (OpenBackend engine = open()) {
      ModelRuntime runtime = runtime(engine, exact, exact.posterior());
      double[] bound = bound(runtime, x, Numbers.normal("noise", Shape.of(BATCH, LATENT)));
      try (LogLikelihoodEstimator estimator =
          new LogLikelihoodEstimator(runtime, Proposal.POSTERIOR)) {
        double[] once = estimator.estimate(x, 1, 3);
        double[] often = estimator.estimate(x, 70, 3);
        for (int i = 0; i < BATCH; i++) {
          double truth = exact.logLikelihood(x, i);
          assertThat(bound[i]).isCloseTo(truth, within(1e-5 * Math.abs(truth)));
          assertThat(once[i]).isCloseTo(truth, within(1e-5 * Math.abs(truth)));
          assertThat(often[i]).isCloseTo(truth, within(1e-5 * Math.abs(truth)));
        }
      }
    }
  }

  @Test
  @DisplayName("At any other posterior the expected bound is below log p(x) by KL(q(z|x) ‖ p(z|x))")
  void gap() {
    LinearModel exact = LinearModel.example(IMAGE.size(), 0.4);
    LinearModel.Code other = exact.posterior().shifted(0.3, 0.8);
    HostTensor x = Numbers.normal("x", IMAGE.prepend(BATCH));
    try (OpenBackend engine = open()) {
      double[] bound = expectedBound(runtime(engine, exact, other), x);
      double divergence = other.divergenceFrom(exact.posterior());
      assertThat(divergence).isGreaterThan(0.1);
      for (int i = 0; i < BATCH; i++) {
        double truth = exact.logLikelihood(x, i);
        assertThat(truth - bound[i]).isCloseTo(divergence, within(2e-5 * Math.abs(truth)));
      }
    }
  }

  @Test
  @DisplayName("Importance-weighted estimates tighten to log p(x) as draws are added, and sampling"
      + " from the prior comes there too but slower, all within the standard errors of theory")
  void converges() {
    LinearModel exact = LinearModel.example(IMAGE.size(), 0.4);
    LinearModel.Code other = exact.posterior().shifted(0.15, 1.25);
    int images = 40;
    HostTensor x = exact.draw(images, RandomStream.of(5));
    double truth = 0;
    double spreadOfPrior = 0;
    for (int i = 0; i < images; i++) {
      truth += exact.logLikelihood(x, i) / images;
      spreadOfPrior += exact.relativeVarianceFromPrior(x, i) / images;
    }
    double spread = other.relativeVariance(exact.posterior());
    assertThat(spreadOfPrior).isGreaterThan(2 * spread);
    try (OpenBackend engine = open()) {
      ModelRuntime runtime = runtime(engine, exact, other);
      try (LogLikelihoodEstimator posterior =
              new LogLikelihoodEstimator(runtime, Proposal.POSTERIOR);
          LogLikelihoodEstimator prior = new LogLikelihoodEstimator(runtime, Proposal.PRIOR)) {
        assertThat(mean(expectedBound(runtime, x))).isLessThan(truth - 0.05);
        for (int draws : new int[] {20, 200, 2000}) {
          requireNear(mean(posterior.estimate(x, draws, 1)), truth, spread, draws, images);
        }
        requireNear(mean(prior.estimate(x, 4000, 1)), truth, spreadOfPrior, 4000, images);
      }
    }
  }

  @Test
  @DisplayName("Scores of anomaly are -log p(x), as is the bound at the exact posterior, and the"
      + " reconstruction is better by KL(p(z|x) ‖ p(z)); elements add up to it")
  void scores() {
    int draws = 500;
    LinearModel exact = LinearModel.example(IMAGE.size(), 0.4);
    HostTensor x = Numbers.normal("x", IMAGE.prepend(BATCH));
    try (OpenBackend engine = open()) {
      ModelRuntime runtime = runtime(engine, exact, exact.posterior());
      try (AnomalyScorer scorer = AnomalyScorer.withContributions(runtime)) {
        List<AnomalyScores> all = scorer.score(x, Map.of(), draws, 3);
        for (int i = 0; i < BATCH; i++) {
          double truth = -exact.logLikelihood(x, i);
          AnomalyScores scores = all.get(i);
          assertThat(scores.logLikelihood()).isCloseTo(truth, within(1e-5 * Math.abs(truth)));
          assertThat(scores.elbo()).isCloseTo(truth, within(1e-5 * Math.abs(truth)));
          assertThat(scores.reconstruction())
              .isCloseTo(
                  truth - exact.divergenceFromPrior(x, i),
                  within(4 * Math.sqrt(exact.reconstructionVariance(x, i) / draws)));
          HostTensor elements = scores.contributions().orElseThrow();
          assertThat(elements.shape()).isEqualTo(IMAGE);
          assertThat(Arrays.stream(Closeness.doubles(elements)).sum())
              .isCloseTo(scores.reconstruction(), within(1e-5 * Math.abs(truth)));
        }
      }
    }
  }

  /**
   * The logarithm of a mean of K weights of relative variance v is below the truth by v / 2K on
   * average, and has a standard error of √(v / K), to first order; so has the mean over images.
   */
  private static void requireNear(
      double estimate, double truth, double variance, int draws, int images) {
    double bias = variance / (2 * draws);
    double standardError = Math.sqrt(variance / draws / images);
    assertThat(estimate)
        .as("with %d draws", draws)
        .isCloseTo(truth - bias, within(4 * standardError + bias));
  }

  @Test
  @DisplayName("Training on generated data reaches the greatest likelihood there is, which the"
      + " eigenvalues of their covariance tell")
  void learns() {
    int images = 200;
    HostTensor x = LinearModel.example(IMAGE.size(), 0.4).draw(images, RandomStream.of(6));
    double greatest = LinearModel.greatestLogLikelihood(x, LATENT);
    try (OpenBackend engine = open()) {
      ModelRuntime runtime =
          LinearVae.of(engine, "{'type':'gaussian','sigma':'shared','initial_sigma':1}", SAMPLED);
      RandomStream random = RandomStream.of(7);
      HostTensor noise = HostTensor.zeros(Shape.of(images, LATENT));
      int steps = 1500;
      try (TrainingStep step =
          engine.backend().compileTraining(runtime.trainingLoss(), Adam.defaults())) {
        for (int i = 0; i < steps; i++) {
          random.fillGaussian(noise.data());
          step.run(0.03 * Math.pow(0.01, (double) i / steps), x, noise, HostTensor.scalar(1));
        }
      }
      double reached = mean(expectedBound(runtime, x));
      assertThat(reached).isLessThan(greatest + 1e-4 * Math.abs(greatest));
      assertThat(reached).isCloseTo(greatest, within(0.005 * Math.abs(greatest)));
    }
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
