package io.github.jvae.objective;

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
import io.github.jvae.model.Rows;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.List;
import java.util.Map;

/**
 * The regularised autoencoder (Ghosh et al., "From variational to deterministic autoencoders",
 * 2020): examples are encoded by the posteriors' means, nothing is drawn, and what the noise did
 * for the latent space is done by penalties. The loss is {@code -log p(x|z) + β/2 ‖z‖² + λ · R},
 * means over the batch, with R either the sum of the squared weights of the decoder, or the squared
 * Jacobian of what it makes by z.
 *
 * <p>The latter is {@code E_v ‖J v‖²} with standard normal v, of which each example takes one draw,
 * and a difference quotient along v: gradients of gradients are nothing that a {@link Tensor} has.
 * The paper's third penalty, spectral normalisation, is left out: it divides each weight by its
 * greatest singular value, which a power iteration follows from step to step, so it needs layers
 * that multiply with another weight than their own, on every engine, and memory between steps that
 * is no parameter, while a recorded computation has no state.
 *
 * <p>The posteriors' variances are not trained, so the ELBO that is reported says nothing of how
 * good such a model is; epochs are chosen by the term {@value #NAME}. It samples by a distribution
 * that is fitted to its latent vectors afterwards, not by its prior.
 */
final class Rae implements Objective {
  /** The name in configurations, and of the term {@code log p(x|z) - β/2 ‖z‖²} of each example. */
  public static final String NAME = "rae";

  /** The term of {@code λ · R}, nats per example. */
  public static final String PENALTY = "rae_penalty";

  /** What keeps the decoder smooth. */
  public enum Regularizer {
    /** The sum of the squared weights of the decoder. */
    L2,
    /** The squared Jacobian of what the decoder makes. */
    GRADIENT_PENALTY
  }

  /**
   * How far apart the points of a difference quotient are: near for a decoder's curvature, and far
   * for the rounding of single precision.
   */
  private static final double STEP = 0.01;

  private static final OptionDescription<Double> BETA = OptionDescription.of(
      "beta",
      OptionType.number(Range.from(0, 1e9)),
      1.0,
      "What half the squared length of a latent vector counts; 1 as under a standard normal prior.");

  private static final OptionDescription<Regularizer> REGULARIZER = OptionDescription.of(
      "regularizer",
      OptionType.choice(Regularizer.class),
      Regularizer.L2,
      "What keeps the decoder smooth.");

  private static final OptionDescription<Double> LAMBDA = OptionDescription.of(
      "lambda", OptionType.number(Range.from(0, 1e9)), 1e-3, "What that counts.");

  private final double beta;
  private final Regularizer regularizer;
  private final double lambda;

  /**
   * Makes the objective.
   *
   * @param beta what half the squared length of a latent vector counts
   * @param regularizer what keeps the decoder smooth
   * @param lambda what that counts
   */
  public Rae(double beta, Regularizer regularizer, double lambda) {
    this.beta = beta;
    this.regularizer = regularizer;
    this.lambda = lambda;
  }

  /**
   * Returns the objective that the options describe.
   *
   * @throws VaeException if the model has several latent groups
   */
  public static Rae of(Options options, ModelContext context) {
    Model.require(context.component(Kind.MODEL), "objective " + NAME);
    return new Rae(BETA.in(options), REGULARIZER.in(options), LAMBDA.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {BETA, REGULARIZER, LAMBDA};
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> terms(LatentModel model) {
    return ElboTerms.names(model, NAME, PENALTY);
  }

  @Override
  public String criterion() {
    return NAME;
  }

  /**
   * Returns the size of a draw, for the ELBO that is reported, and of a direction in latent space.
   */
  @Override
  public int noiseSize(LatentModel model) {
    return model.noiseSize() + model.latent();
  }

  @Override
  public boolean averagesExamples() {
    return true;
  }

  @Override
  public Loss evaluate(LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules) {
    return in.x().trace().within("objective " + NAME, () -> {
      Model standard = Model.require(model, "objective " + NAME);
      int size = model.noiseSize();
      PosteriorDraws draws = standard.draws(in, noise.slice(1, 0, size));
      BoundTerms bound = standard.bound(draws, DivergenceForm.CLOSED_FORM);
      Tensor z = draws.posterior().mean();
      Tensor decoded = standard.decode(z, in.conditions());
      Tensor reached =
          standard.logLikelihood(in, decoded).subtract(z.square().sum(1).multiply(beta / 2));
      Tensor penalty = switch (regularizer) {
        case L2 -> ElboTerms.ofEach(in, weights(standard, in.x().trace()));
        case GRADIENT_PENALTY ->
          slope(standard, in, z, decoded, noise.slice(1, size, size + model.latent()));
      };
      penalty = penalty.multiply(lambda);
      Map<String, Tensor> terms = ElboTerms.of(model, bound);
      terms.put(NAME, reached);
      terms.put(PENALTY, penalty);
      return new Loss(penalty.subtract(reached).mean(), terms);
    });
  }

  /** The sum of the squares of all weights, but not of biases. */
  private static Tensor weights(Model model, Trace trace) {
    return model.decoder().parameters().stream()
        .filter(parameter -> parameter.shape().rank() > 1)
        .map(parameter -> trace.parameter(parameter.name()).square().sum())
        .reduce(Tensor::add)
        .orElseGet(() -> trace.scalar(0));
  }

  /** {@code ‖J v‖²} of each example, of the means that its latent vector is decoded to. */
  private static Tensor slope(Model model, Inputs in, Tensor z, Tensor decoded, Tensor direction) {
    Tensor beside = model.decode(z.add(direction.multiply(STEP)), in.conditions());
    Tensor difference =
        model.likelihood().mean(beside).subtract(model.likelihood().mean(decoded));
    return Rows.sum(difference.divide(STEP).square());
  }
}
