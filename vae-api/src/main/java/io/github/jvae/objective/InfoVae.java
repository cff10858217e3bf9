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

/**
 * The InfoVAE (Zhao, Song and Ermon, "InfoVAE: balancing learning and inference in variational
 * autoencoders", 2019): the loss is {@code -log_likelihood + (1 - α) · kl + (α + λ - 1) · mmd},
 * means over the batch, where the maximum mean discrepancy compares the latent vectors of the
 * batch, as drawn, with as many draws from the prior. With α = 1 the divergence of each posterior
 * costs nothing and only that of all together does, as in an MMD-VAE.
 */
final class InfoVae implements Objective {
  /** The name in configurations. */
  public static final String NAME = "info";

  /** The term of the squared maximum mean discrepancy, which has no unit. */
  public static final String MMD = "mmd";

  private static final OptionDescription<Double> ALPHA = OptionDescription.of(
      "alpha",
      OptionType.number(Range.from(-1e9, 1)),
      0.0,
      "The divergence of each posterior counts 1 - alpha.");

  private static final OptionDescription<Double> LAMBDA = OptionDescription.of(
      "lambda",
      OptionType.number(Range.from(0, 1e9)),
      100.0,
      "The discrepancy of all posteriors together counts alpha + lambda - 1.");

  private static final OptionDescription<Kernel> KERNEL = OptionDescription.of(
      "kernel",
      OptionType.choice(Kernel.class),
      Kernel.RBF,
      "The kernel of the maximum mean discrepancy.");

  private static final OptionDescription<Double> BANDWIDTH = OptionDescription.of(
      "bandwidth",
      OptionType.number(Range.above(0)),
      1.0,
      "The kernel's width, in standard deviations of a standard normal prior.");

  private final double alpha;
  private final double lambda;
  private final Kernel kernel;
  private final double bandwidth;

  /**
   * Makes the objective.
   *
   * @param alpha the divergence counts 1 - α
   * @param lambda the discrepancy counts α + λ - 1
   * @param kernel of the discrepancy
   * @param bandwidth of the kernel
   * @throws VaeException if the discrepancy would count less than 0
   */
  public InfoVae(double alpha, double lambda, Kernel kernel, double bandwidth) {
    if (alpha + lambda < 1) {
      throw new ConfigurationException(
          "objective " + NAME + " needs alpha + lambda of at least 1, as"
              + " the discrepancy counts alpha + lambda - 1, not " + (alpha + lambda));
    }
    this.alpha = alpha;
    this.lambda = lambda;
    this.kernel = kernel;
    this.bandwidth = bandwidth;
  }

  /**
   * Returns the objective that the options describe.
   *
   * @throws VaeException if the discrepancy would count less than 0, or the model has several
   *     latent groups
   */
  public static InfoVae of(Options options, ModelContext context) {
    Model.require(context.component(Kind.MODEL), "objective " + NAME);
    return new InfoVae(
        ALPHA.in(options), LAMBDA.in(options), KERNEL.in(options), BANDWIDTH.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {ALPHA, LAMBDA, KERNEL, BANDWIDTH};
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> terms(LatentModel model) {
    return ElboTerms.names(model, MMD);
  }

  /** Returns the size of a draw from the posterior and of one from the prior. */
  @Override
  public int noiseSize(LatentModel model) {
    return model.noiseSize() + model.priorNoiseSize();
  }

  /** Returns 2, as one vector of each kind is no set to compare. */
  @Override
  public int leastBatch() {
    return 2;
  }

  @Override
  public Loss evaluate(LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules) {
    return in.x().trace().within("objective " + NAME, () -> {
      Model standard = Model.require(model, "objective " + NAME);
      int size = model.noiseSize();
      PosteriorDraws draws = standard.draws(in, noise.slice(1, 0, size));
      BoundTerms bound = standard.bound(draws, DivergenceForm.CLOSED_FORM);
      Tensor prior =
          standard.sample(noise.slice(1, size, size + model.priorNoiseSize()), in.conditions());
      Tensor mmd = kernel.discrepancy(draws.z(), prior, bandwidth);
      Map<String, Tensor> terms = ElboTerms.of(model, bound);
      terms.put(MMD, ElboTerms.ofEach(in, mmd));
      Tensor divergence = bound.kl().multiply(1 - alpha);
      return new Loss(
          divergence.subtract(bound.logLikelihood()).mean().add(mmd.multiply(alpha + lambda - 1)),
          terms);
    });
  }
}
