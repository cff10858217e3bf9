package io.github.jvae.objective;

import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Adversary;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.Network;
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
import java.util.Optional;

/**
 * The FactorVAE (Kim and Mnih, "Disentangling by factorising", 2018): the loss is
 * {@code -log_likelihood + w · kl + γ · total_correlation}, means over the batch, where the total
 * correlation of the aggregate posterior is what a discriminator makes of the latent vectors. The
 * discriminator learns in turn with the model, from the same batch, to tell them from vectors whose
 * dimensions were permuted over the batch; the paper takes those of a second batch.
 */
final class FactorVae implements Objective {
  /** The name in configurations. */
  public static final String NAME = "factor";

  /** The discriminator's estimate of the total correlation, nats per example. */
  public static final String TOTAL_CORRELATION = BetaTc.TOTAL_CORRELATION;

  /** The cross-entropy of the discriminator, nats; log 2 where it can tell nothing. */
  public static final String DISCRIMINATOR_LOSS = "discriminator_loss";

  private static final OptionDescription<Double> GAMMA = OptionDescription.of(
      "gamma", OptionType.number(Range.from(0, 1e9)), 10.0, "What the total correlation counts.");

  private static final OptionDescription<List<Integer>> HIDDEN = OptionDescription.of(
      "discriminator_hidden",
      OptionType.wholeNumbers(1),
      List.of(256, 256, 256),
      "Hidden units of the discriminator; 1000 in each of six layers in the paper.");

  private static final OptionDescription<Double> RATE = OptionDescription.of(
      "discriminator_rate",
      OptionType.number(Range.above(0, 1e6)),
      1.0,
      "The discriminator's learning rate as a multiple of the model's.");

  private final double gamma;
  private final Discriminator discriminator;

  private FactorVae(double gamma, Discriminator discriminator) {
    this.gamma = gamma;
    this.discriminator = discriminator;
  }

  /**
   * Returns the objective that the options describe.
   *
   * @throws VaeException if the model has several latent groups
   */
  public static FactorVae of(Options options, ModelContext context) {
    Model.require(context.component(Kind.MODEL), "objective " + NAME);
    return new FactorVae(
        GAMMA.in(options),
        new Discriminator(context.latent(), HIDDEN.in(options), RATE.in(options)));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {GAMMA, HIDDEN, RATE};
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Network> networks() {
    return discriminator.networks();
  }

  @Override
  public List<String> terms(LatentModel model) {
    return ElboTerms.names(model, TOTAL_CORRELATION, DISCRIMINATOR_LOSS);
  }

  @Override
  public List<String> schedules() {
    return List.of(KL_WEIGHT);
  }

  /** Returns the size of a draw from the posterior and of an order for each latent dimension. */
  @Override
  public int noiseSize(LatentModel model) {
    return model.noiseSize() + model.latent();
  }

  /** Returns 2, as one vector can only be permuted to itself. */
  @Override
  public int leastBatch() {
    return 2;
  }

  @Override
  public Optional<Adversary> adversary() {
    return Optional.of(discriminator);
  }

  static Tensor noiseOfDraw(LatentModel model, Tensor noise) {
    return noise.slice(1, 0, model.noiseSize());
  }

  static Tensor noiseOfOrder(LatentModel model, Tensor noise) {
    return noise.slice(1, model.noiseSize(), model.noiseSize() + model.latent());
  }

  @Override
  public Loss evaluate(LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules) {
    Tensor weight = Objects.requireNonNull(schedules.get(KL_WEIGHT));
    return in.x().trace().within("objective " + NAME, () -> {
      Model standard = Model.require(model, "objective " + NAME);
      PosteriorDraws draws = standard.draws(in, noiseOfDraw(model, noise));
      BoundTerms bound = standard.bound(draws, DivergenceForm.CLOSED_FORM);
      Tensor permuted = Permutation.of(draws.z(), noiseOfOrder(model, noise));
      Tensor correlation = judged(draws.z());
      Map<String, Tensor> terms = ElboTerms.of(model, bound);
      terms.put(TOTAL_CORRELATION, correlation);
      terms.put(DISCRIMINATOR_LOSS, Discriminator.crossEntropy(correlation, judged(permuted)));
      Tensor penalty = bound.kl().multiply(weight).add(correlation.multiply(gamma));
      return new Loss(penalty.subtract(bound.logLikelihood()).mean(), terms);
    });
  }

  /** By the discriminator as it is. */
  private Tensor judged(Tensor z) {
    return z.trace().frozen(() -> discriminator.logOdds(z));
  }
}
