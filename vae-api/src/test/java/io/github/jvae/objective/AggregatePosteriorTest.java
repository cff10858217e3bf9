package io.github.jvae.objective;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The aggregate posterior")
class AggregatePosteriorTest {
  private static final int EXAMPLES = 6;
  private static final int LATENT = 3;
  private static final HostTensor MEAN =
      ObjectiveFixture.normal("mean", Shape.of(EXAMPLES, LATENT));
  private static final HostTensor LOG_VARIANCE =
      ObjectiveFixture.normal("log_variance", Shape.of(EXAMPLES, LATENT));
  private static final HostTensor Z = ObjectiveFixture.normal("z", Shape.of(EXAMPLES, LATENT));

  private static double density(int draw, int example, int dimension) {
    double logVariance = LOG_VARIANCE.data()[example * LATENT + dimension];
    double distance =
        Z.data()[draw * LATENT + dimension] - MEAN.data()[example * LATENT + dimension];
    return Math.exp(-0.5 * distance * distance / Math.exp(logVariance) - 0.5 * logVariance)
        / Math.sqrt(2 * Math.PI);
  }

  /** {@code log q(z)} of the whole data set, one example after the other. */
  private static double enumerated(int draw) {
    double sum = 0;
    for (int example = 0; example < EXAMPLES; example++) {
      double product = 1;
      for (int dimension = 0; dimension < LATENT; dimension++) {
        product *= density(draw, example, dimension);
      }
      sum += product / EXAMPLES;
    }
    return Math.log(sum);
  }

  /** {@code log Π q(z_l)} of the whole data set. */
  private static double enumeratedMarginals(int draw) {
    double log = 0;
    for (int dimension = 0; dimension < LATENT; dimension++) {
      double sum = 0;
      for (int example = 0; example < EXAMPLES; example++) {
        sum += density(draw, example, dimension) / EXAMPLES;
      }
      log += Math.log(sum);
    }
    return log;
  }

  private static double[] estimate(
      AggregatePosterior.Estimator estimator,
      double examples,
      Function<AggregatePosterior, Tensor> what) {
    return ObjectiveFixture.run(
        in -> what.apply(AggregatePosterior.of(
            new DiagonalGaussian(in.get(0), in.get(1)),
            in.get(2),
            estimator,
            in.get(0).trace().scalar(examples))),
        MEAN,
        LOG_VARIANCE,
        Z);
  }

  @Test
  @DisplayName("is enumerated exactly by stratified weights, where the batch is the data set")
  void stratified() {
    double[] logProb =
        estimate(AggregatePosterior.Estimator.STRATIFIED, EXAMPLES, AggregatePosterior::logProb);
    double[] marginals = estimate(
        AggregatePosterior.Estimator.STRATIFIED, EXAMPLES, AggregatePosterior::logProbOfMarginals);
    for (int i = 0; i < EXAMPLES; i++) {
      assertThat(logProb[i]).isCloseTo(enumerated(i), within(1e-6));
      assertThat(marginals[i]).isCloseTo(enumeratedMarginals(i), within(1e-6));
    }
  }

  @Test
  @DisplayName("is too low by log N there by minibatch weights, once for each density")
  void weighted() {
    double[] logProb =
        estimate(AggregatePosterior.Estimator.WEIGHTED, EXAMPLES, AggregatePosterior::logProb);
    double[] marginals = estimate(
        AggregatePosterior.Estimator.WEIGHTED, EXAMPLES, AggregatePosterior::logProbOfMarginals);
    for (int i = 0; i < EXAMPLES; i++) {
      assertThat(logProb[i]).isCloseTo(enumerated(i) - Math.log(EXAMPLES), within(1e-6));
      assertThat(marginals[i])
          .isCloseTo(enumeratedMarginals(i) - LATENT * Math.log(EXAMPLES), within(1e-6));
    }
  }

  @Test
  @DisplayName("has stratified weights that add up to 1, whatever share of the data a batch is")
  void weightsAddUp() {
    for (double examples : new double[] {EXAMPLES, 50, 60_000}) {
      double[] sums = estimate(
          AggregatePosterior.Estimator.STRATIFIED,
          examples,
          aggregate -> aggregate.logWeights().exp().sum(1));
      assertThat(sums).containsExactly(new double[] {1, 1, 1, 1, 1, 1}, within(1e-9));
    }
  }

  @ParameterizedTest
  @EnumSource(AggregatePosterior.Estimator.class)
  @DisplayName("parts the divergence in three, which add up to it")
  void partsAddUp(AggregatePosterior.Estimator estimator) {
    Model model = ObjectiveFixture.model();
    BetaTc objective = ObjectiveFixture.objective(
        BetaTc::of,
        BetaTc.options(),
        Options.none()
            .with(
                "estimator",
                estimator == AggregatePosterior.Estimator.WEIGHTED ? "weighted" : "stratified")
            .with("alpha", 2.0)
            .with("beta", 5.0)
            .with("gamma", 3.0),
        model);
    Map<String, double[]> made = ObjectiveFixture.evaluate(model, objective, 8, 300);
    double loss = 0;
    for (int i = 0; i < 8; i++) {
      double information = requireNonNull(made.get(BetaTc.MUTUAL_INFORMATION))[i];
      double correlation = requireNonNull(made.get(BetaTc.TOTAL_CORRELATION))[i];
      double dimensions = requireNonNull(made.get(BetaTc.DIMENSIONWISE_KL))[i];
      assertThat(information + correlation + dimensions)
          .isCloseTo(requireNonNull(made.get(Loss.KL))[i], within(1e-5));
      loss += (2 * information
              + 5 * correlation
              + 3 * dimensions
              - requireNonNull(made.get(Loss.LOG_LIKELIHOOD))[i])
          / 8;
    }
    assertThat(requireNonNull(made.get("loss"))[0]).isCloseTo(loss, within(1e-9));
  }
}
