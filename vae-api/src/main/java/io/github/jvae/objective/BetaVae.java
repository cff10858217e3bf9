package io.github.jvae.objective;

import io.github.jvae.error.Range;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Objective;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The β-VAE (Higgins et al., "β-VAE: learning basic visual concepts with a constrained variational
 * framework", 2017): the loss is {@code mean of -(log_likelihood - β · w · kl)}. The weight w is a
 * schedule, 1 if it is not said, by which β may grow to its value, linearly or in cycles.
 */
final class BetaVae implements Objective {
  /** The name in configurations. */
  public static final String NAME = "beta";

  private static final OptionDescription<Double> BETA = OptionDescription.of(
      "beta",
      OptionType.number(Range.from(0, 1e9)),
      4.0,
      "What the divergence counts, times the schedule of its weight.");

  private final double beta;

  /** @param beta the weight of the divergence */
  public BetaVae(double beta) {
    this.beta = beta;
  }

  /** Returns the objective with the options' β. */
  public static BetaVae of(Options options, ModelContext context) {
    return new BetaVae(BETA.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {BETA};
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> terms(LatentModel model) {
    return ElboTerms.names(model);
  }

  @Override
  public List<String> schedules() {
    return List.of(KL_WEIGHT);
  }

  @Override
  public boolean averagesExamples() {
    return true;
  }

  @Override
  public Loss evaluate(LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules) {
    BoundTerms bound = in.x()
        .trace()
        .within("objective " + NAME, () -> model.bound(in, noise, DivergenceForm.CLOSED_FORM));
    Tensor weight = Objects.requireNonNull(schedules.get(KL_WEIGHT)).multiply(beta);
    return new Loss(
        bound.kl().multiply(weight).subtract(bound.logLikelihood()).mean(),
        ElboTerms.of(model, bound));
  }
}
