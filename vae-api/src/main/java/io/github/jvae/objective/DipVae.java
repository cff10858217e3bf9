package io.github.jvae.objective;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Posterior;
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
 * The DIP-VAE (Kumar, Sattigeri and Balakrishnan, "Variational inference of disentangled latent
 * concepts from unlabeled observations", 2018): the covariance C over the batch, of the posteriors'
 * means (I) or of the aggregate posterior (II, which adds the mean of their variances), is drawn to
 * the identity. The loss is {@code -log_likelihood + w · kl + λ_od Σ_{i≠j} C_ij² + λ_d Σ_i (C_ii -
 * 1)²}, means over the batch.
 */
final class DipVae implements Objective {
  /** The name in configurations. */
  public static final String NAME = "dip";

  /** The term of the covariance's distance from the identity, as it enters the loss. */
  public static final String PENALTY = "dip_penalty";

  /** Of what the covariance is. */
  public enum Variant {
    /** Of the posteriors' means. */
    I,
    /** Of the aggregate posterior. */
    II
  }

  private static final OptionDescription<Variant> VARIANT = OptionDescription.of(
      "variant",
      OptionType.choice(Variant.class),
      Variant.II,
      "Whose covariance: of the posteriors' means, i, or of the aggregate posterior, ii.");

  private static final OptionDescription<Double> OFF_DIAGONAL = OptionDescription.of(
      "off_diagonal",
      OptionType.number(Range.from(0, 1e9)),
      10.0,
      "What the squares of covariances count.");

  private static final OptionDescription<Double> DIAGONAL = OptionDescription.of(
      "diagonal",
      OptionType.number(Range.from(0, 1e9)),
      10.0,
      "What the squared distances of variances from 1 count; usually ten times as much in variant i.");

  private final Variant variant;
  private final double offDiagonal;
  private final double diagonal;

  /**
   * Makes the objective.
   *
   * @param variant whose covariance
   * @param offDiagonal what the squares of covariances count
   * @param diagonal what the squared distances of variances from 1 count
   */
  public DipVae(Variant variant, double offDiagonal, double diagonal) {
    this.variant = variant;
    this.offDiagonal = offDiagonal;
    this.diagonal = diagonal;
  }

  /**
   * Returns the objective that the options describe.
   *
   * @throws VaeException if the model has several latent groups
   */
  public static DipVae of(Options options, ModelContext context) {
    Model.require(context.component(Kind.MODEL), "objective " + NAME);
    return new DipVae(VARIANT.in(options), OFF_DIAGONAL.in(options), DIAGONAL.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {VARIANT, OFF_DIAGONAL, DIAGONAL};
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> terms(LatentModel model) {
    return ElboTerms.names(model, PENALTY);
  }

  @Override
  public List<String> schedules() {
    return List.of(KL_WEIGHT);
  }

  /** Returns 2, as one posterior has no covariance. */
  @Override
  public int leastBatch() {
    return 2;
  }

  @Override
  public Loss evaluate(LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules) {
    return in.x().trace().within("objective " + NAME, () -> {
      Model standard = Model.require(model, "objective " + NAME);
      PosteriorDraws draws = standard.draws(in, noise);
      BoundTerms bound = standard.bound(draws, DivergenceForm.CLOSED_FORM);
      Tensor penalty = penalty(draws.posterior());
      Map<String, Tensor> terms = ElboTerms.of(model, bound);
      terms.put(PENALTY, ElboTerms.ofEach(in, penalty));
      Tensor weight = Objects.requireNonNull(schedules.get(KL_WEIGHT));
      return new Loss(
          bound.kl().multiply(weight).subtract(bound.logLikelihood()).mean().add(penalty), terms);
    });
  }

  private Tensor penalty(Posterior posterior) {
    Tensor mean = posterior.mean();
    int batch = mean.shape().dimension(0);
    Tensor centred = mean.subtract(mean.mean(0));
    Tensor covariance = centred.transpose(1, 0).matmul(centred).divide(batch);
    Tensor identity =
        mean.trace().constant(AggregatePosterior.identity(mean.shape().dimension(1)));
    Tensor variances = covariance.multiply(identity).sum(1);
    if (variant == Variant.II) {
      variances = variances.add(variances(posterior).mean(0));
    }
    Tensor covariances = covariance.subtract(covariance.multiply(identity));
    return covariances
        .square()
        .sum()
        .multiply(offDiagonal)
        .add(variances.subtract(1).square().sum().multiply(diagonal));
  }

  private static Tensor variances(Posterior posterior) {
    return posterior
        .logVariances()
        .orElseThrow(() -> new ConfigurationException("objective " + NAME + " of variant ii needs"
            + " the posterior's variances, which this posterior does not have; take variant i, or"
            + " posterior diagonal-gaussian"))
        .exp();
  }
}
