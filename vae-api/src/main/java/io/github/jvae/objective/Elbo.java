package io.github.jvae.objective;

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
 * The evidence lower bound (Kingma and Welling, "Auto-encoding variational Bayes", 2014), estimated
 * with one draw {@code z ~ q(z|x)} per example:
 *
 * <pre>
 * log p(x) ≥ E_q[log p(x|z)] - KL(q(z|x) ‖ p(z))
 *          = E_q[log p(x|z)] + E_q[log p(z)] - E_q[log q(z|x)]
 * </pre>
 *
 * <p>The loss is {@code mean over the batch of -(log_likelihood - w · kl)}, in nats per example,
 * with the KL weight w (1 is the bound; other values are the β of Higgins et al., "β-VAE", 2017).
 * The reported {@code elbo} is always the bound, with weight 1.
 */
public final class Elbo implements Objective {
  /** The name in configurations. */
  public static final String NAME = "elbo";

  private static final OptionDescription<DivergenceForm> FORM = OptionDescription.of(
          "form",
          OptionType.choice(DivergenceForm.class),
          DivergenceForm.CLOSED_FORM,
          "Whether the divergence is computed by its formula or sampled.")
      .withFlag("elbo-form");

  private final DivergenceForm form;

  /** @param form how the divergence is computed */
  public Elbo(DivergenceForm form) {
    this.form = form;
  }

  /** Returns the bound in the form that the options say. */
  public static Elbo of(Options options, ModelContext context) {
    return new Elbo(FORM.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {FORM};
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * The bound and its two terms, and what each group adds to the divergence if there are several.
   */
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
    BoundTerms bound = in.x().trace().within("objective elbo", () -> model.bound(in, noise, form));
    Map<String, Tensor> terms = ElboTerms.of(model, bound);
    Tensor weight = Objects.requireNonNull(schedules.get(KL_WEIGHT));
    Tensor kl = Objects.requireNonNull(terms.get(Loss.KL));
    return new Loss(kl.multiply(weight).subtract(bound.logLikelihood()).mean(), terms);
  }
}
