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
 * Free bits (Kingma et al., "Improved variational inference with inverse autoregressive flow",
 * 2016, appendix C.8): parts of the divergence cost nothing up to λ nats each, so that a posterior
 * does not collapse before the decoder has learnt to use it. The loss is {@code -log_likelihood + w
 * · Σ_j max(λ, KL_j)}, with log-likelihood and KL_j means over the batch.
 */
final class FreeBits implements Objective {
  /** The name in configurations. */
  public static final String NAME = "free-bits";

  /** The term {@code Σ_j max(λ, KL_j)}, nats per example. */
  public static final String FREE_BITS_KL = "free_bits_kl";

  /** What has nats of its own. */
  public enum Part {
    /** Each latent dimension. */
    DIMENSION,
    /** Each latent group: all dimensions together in most models, a level in a hierarchy. */
    GROUP
  }

  private static final OptionDescription<Double> LAMBDA = OptionDescription.of(
      "lambda",
      OptionType.number(Range.from(0, 1e9)),
      0.25,
      "The nats per example that are free in each part.");

  private static final OptionDescription<Part> PER = OptionDescription.of(
      "per",
      OptionType.choice(Part.class),
      Part.DIMENSION,
      "Which parts have free nats of their own: each latent dimension, or each latent group.");

  private final double lambda;
  private final Part part;

  /**
   * Makes the objective.
   *
   * @param lambda the free nats per example
   * @param part what has so many of its own
   */
  public FreeBits(double lambda, Part part) {
    this.lambda = lambda;
    this.part = part;
  }

  /**
   * Returns the objective that the options describe.
   *
   * @throws VaeException if each dimension is to have free nats in a model of several latent groups
   */
  public static FreeBits of(Options options, ModelContext context) {
    Part part = PER.in(options);
    if (part == Part.DIMENSION) {
      Model.require(context.component(Kind.MODEL), what());
    }
    return new FreeBits(LAMBDA.in(options), part);
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {LAMBDA, PER};
  }

  private static String what() {
    return "objective " + NAME + " per dimension";
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> terms(LatentModel model) {
    return ElboTerms.names(model, FREE_BITS_KL);
  }

  @Override
  public List<String> schedules() {
    return List.of(KL_WEIGHT);
  }

  @Override
  public Loss evaluate(LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules) {
    return in.x().trace().within("objective " + NAME, () -> switch (part) {
      case GROUP -> {
        BoundTerms bound = model.bound(in, noise, DivergenceForm.CLOSED_FORM);
        yield loss(model, in, bound, ofGroups(bound), schedules);
      }
      case DIMENSION -> {
        Model standard = Model.require(model, what());
        PosteriorDraws draws = standard.draws(in, noise);
        BoundTerms bound = standard.bound(draws, DivergenceForm.CLOSED_FORM);
        yield loss(model, in, bound, ofDimensions(standard, draws), schedules);
      }
    });
  }

  private Tensor ofGroups(BoundTerms bound) {
    return bound.divergences().values().stream()
        .map(kl -> kl.mean().maximum(lambda))
        .reduce(Tensor::add)
        .orElseThrow();
  }

  private Tensor ofDimensions(Model model, PosteriorDraws draws) {
    Tensor kl = model
        .prior()
        .klOfDimensions(draws.posterior(), draws.in().conditions())
        .orElseThrow(() -> new ConfigurationException(what()
            + " needs a divergence that is a sum over latent dimensions, which that of this"
            + " posterior from prior " + model.prior().name()
            + " is not; take free bits per group, or posterior diagonal-gaussian and prior"
            + " standard-normal"));
    return kl.mean(0).maximum(lambda).sum();
  }

  private static Loss loss(
      LatentModel model,
      Inputs in,
      BoundTerms bound,
      Tensor charged,
      Map<String, Tensor> schedules) {
    Map<String, Tensor> terms = ElboTerms.of(model, bound);
    terms.put(FREE_BITS_KL, ElboTerms.ofEach(in, charged));
    Tensor weight = Objects.requireNonNull(schedules.get(KL_WEIGHT));
    return new Loss(charged.multiply(weight).subtract(bound.logLikelihood().mean()), terms);
  }
}
