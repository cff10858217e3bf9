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
 * The β-VAE of controlled capacity (Burgess et al., "Understanding disentangling in β-VAE", 2018):
 * the loss is {@code -log_likelihood + γ · |KL - C|}, means over the batch, where the capacity C,
 * in nats per example, is a schedule that has to be given, such as {@code 0..25@30}.
 */
final class Capacity implements Objective {
  /** The name in configurations. */
  public static final String NAME = "capacity";

  /** The schedule of how many nats the divergence is to have. */
  public static final String CAPACITY = "capacity";

  /** The term {@code γ · |KL - C|}, nats per example. */
  public static final String PENALTY = "capacity_penalty";

  private static final OptionDescription<Double> GAMMA = OptionDescription.of(
      "gamma",
      OptionType.number(Range.from(0, 1e9)),
      1000.0,
      "What a nat counts by which the divergence misses its capacity.");

  private final double gamma;

  /** @param gamma the weight of the distance between divergence and capacity */
  public Capacity(double gamma) {
    this.gamma = gamma;
  }

  /** Returns the objective with the options' γ. */
  public static Capacity of(Options options, ModelContext context) {
    return new Capacity(GAMMA.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {GAMMA};
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
    return List.of(CAPACITY);
  }

  @Override
  public Loss evaluate(LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules) {
    BoundTerms bound = in.x()
        .trace()
        .within("objective " + NAME, () -> model.bound(in, noise, DivergenceForm.CLOSED_FORM));
    Map<String, Tensor> terms = ElboTerms.of(model, bound);
    Tensor capacity = Objects.requireNonNull(schedules.get(CAPACITY));
    Tensor penalty = bound.kl().mean().subtract(capacity).abs().multiply(gamma);
    terms.put(PENALTY, ElboTerms.ofEach(in, penalty));
    return new Loss(penalty.subtract(bound.logLikelihood().mean()), terms);
  }
}
