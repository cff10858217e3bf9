package io.github.jvae.objective;

import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Objective;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  private final DivergenceForm form;

  /** @param form how the divergence is computed */
  public Elbo(DivergenceForm form) {
    this.form = form;
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
    List<String> terms = new ArrayList<>(List.of(Loss.ELBO, Loss.LOG_LIKELIHOOD, Loss.KL));
    if (model.groups().size() > 1) {
      model.groups().forEach(group -> terms.add(Loss.klOf(group.name())));
    }
    return terms;
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
    Tensor kl = bound.kl();
    Map<String, Tensor> terms = new LinkedHashMap<>();
    terms.put(Loss.ELBO, bound.logLikelihood().subtract(kl));
    terms.put(Loss.LOG_LIKELIHOOD, bound.logLikelihood());
    terms.put(Loss.KL, kl);
    if (model.groups().size() > 1) {
      bound.divergences().forEach((group, value) -> terms.put(Loss.klOf(group), value));
    }
    Tensor weight = Objects.requireNonNull(schedules.get(KL_WEIGHT));
    return new Loss(kl.multiply(weight).subtract(bound.logLikelihood()).mean(), terms);
  }
}
