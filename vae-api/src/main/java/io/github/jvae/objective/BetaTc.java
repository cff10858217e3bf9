package io.github.jvae.objective;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.Objective;
import io.github.jvae.model.PosteriorDraws;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The β-TCVAE (Chen et al., "Isolating sources of disentanglement in variational autoencoders",
 * 2018). At the draws of a batch the divergence is the sum of three parts, in nats per example:
 *
 * <pre>
 * log q(z|x) - log p(z) = [log q(z|x) - log q(z)]           mutual_information
 *                       + [log q(z) - log Π_l q(z_l)]        total_correlation
 *                       + [log Π_l q(z_l) - log p(z)]        dimensionwise_kl
 * </pre>
 *
 * <p>The loss is {@code -log_likelihood + α · mutual_information + β · total_correlation + γ ·
 * dimensionwise_kl}. The aggregate posterior q(z) of all N training examples is estimated from the
 * batch, in one of two ways. By minibatch weights {@code log q(z)} is too low by up to log N, and
 * the product of L marginals by up to L log N: the gradients are little worse for it, but the parts
 * that are reported are off by so much, and only their sum is not.
 */
final class BetaTc implements Objective {
  /** The name in configurations. */
  public static final String NAME = "beta-tc";

  /** What latent vectors tell of which example they are of, nats per example. */
  public static final String MUTUAL_INFORMATION = "mutual_information";

  /** What latent dimensions tell of each other, nats per example. */
  public static final String TOTAL_CORRELATION = "total_correlation";

  /** The divergences of each dimension's aggregate posterior from the prior, nats per example. */
  public static final String DIMENSIONWISE_KL = "dimensionwise_kl";

  private static final Range WEIGHTS = Range.from(0, 1e9);

  private static final OptionDescription<Double> ALPHA = OptionDescription.of(
      "alpha", OptionType.number(WEIGHTS), 1.0, "What the mutual information counts.");

  private static final OptionDescription<Double> BETA = OptionDescription.of(
      "beta", OptionType.number(WEIGHTS), 6.0, "What the total correlation counts.");

  private static final OptionDescription<Double> GAMMA = OptionDescription.of(
      "gamma", OptionType.number(WEIGHTS), 1.0, "What the divergences of the dimensions count.");

  private static final OptionDescription<AggregatePosterior.Estimator> ESTIMATOR =
      OptionDescription.of(
          "estimator",
          OptionType.choice(AggregatePosterior.Estimator.class),
          AggregatePosterior.Estimator.STRATIFIED,
          "How a batch stands for all examples: minibatch-stratified, or minibatch-weighted, by which"
              + " the parts are off by multiples of log N.");

  private final double alpha;
  private final double beta;
  private final double gamma;
  private final AggregatePosterior.Estimator estimator;

  private BetaTc(double alpha, double beta, double gamma, AggregatePosterior.Estimator estimator) {
    this.alpha = alpha;
    this.beta = beta;
    this.gamma = gamma;
    this.estimator = estimator;
  }

  /**
   * Returns the objective that the options describe.
   *
   * @throws VaeException if the model has several latent groups
   */
  public static BetaTc of(Options options, ModelContext context) {
    Model.require(context.component(Kind.MODEL), "objective " + NAME);
    return new BetaTc(
        ALPHA.in(options), BETA.in(options), GAMMA.in(options), ESTIMATOR.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {ALPHA, BETA, GAMMA, ESTIMATOR};
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> terms(LatentModel model) {
    return ElboTerms.names(model, MUTUAL_INFORMATION, TOTAL_CORRELATION, DIMENSIONWISE_KL);
  }

  @Override
  public List<String> schedules() {
    return List.of(TRAINING_EXAMPLES);
  }

  /** Returns 2, as a single posterior is no aggregate. */
  @Override
  public int leastBatch() {
    return 2;
  }

  @Override
  public Loss evaluate(LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules) {
    Tensor examples = Objects.requireNonNull(schedules.get(TRAINING_EXAMPLES));
    return in.x().trace().within("objective " + NAME, () -> evaluate(model, in, noise, examples));
  }

  private Loss evaluate(LatentModel model, Inputs in, Tensor noise, Tensor examples) {
    Model standard = Model.require(model, "objective " + NAME);
    PosteriorDraws draws = standard.draws(in, noise);
    BoundTerms bound = standard.bound(draws, DivergenceForm.SAMPLED);
    AggregatePosterior aggregate =
        AggregatePosterior.of(posterior(draws), draws.z(), estimator, examples);
    Tensor logProb = aggregate.logProb();
    Tensor ofMarginals = aggregate.logProbOfMarginals();
    Tensor information = draws.draw().logProb().subtract(logProb);
    Tensor correlation = logProb.subtract(ofMarginals);
    Tensor dimensions = ofMarginals.subtract(draws.logPrior());
    Map<String, Tensor> terms = ElboTerms.of(model, bound);
    terms.put(MUTUAL_INFORMATION, information);
    terms.put(TOTAL_CORRELATION, correlation);
    terms.put(DIMENSIONWISE_KL, dimensions);
    Tensor penalty =
        information.multiply(alpha).add(correlation.multiply(beta)).add(dimensions.multiply(gamma));
    return new Loss(penalty.subtract(bound.logLikelihood()).mean(), terms);
  }

  private static DiagonalGaussian posterior(PosteriorDraws draws) {
    if (draws.posterior() instanceof DiagonalGaussian gaussian) {
      return gaussian;
    }
    throw new ConfigurationException("objective " + NAME + " needs the posterior's density of each"
        + " latent dimension by itself, which this posterior does not have; take posterior"
        + " diagonal-gaussian");
  }
}
