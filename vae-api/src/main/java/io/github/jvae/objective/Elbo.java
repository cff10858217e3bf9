package io.github.jvae.objective;

import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Posterior;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The evidence lower bound (Kingma and Welling, "Auto-encoding variational Bayes", 2014), estimated
 * with one draw {@code z ~ q(z|x)} per image:
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

  /** How the divergence is computed. */
  public enum Form {
    /** In closed form where the prior knows one. */
    CLOSED_FORM,
    /** As {@code log q(z|x) - log p(z)} at the drawn z, whatever the prior knows. */
    SAMPLED
  }

  private final Form form;

  /** @param form how the divergence is computed */
  public Elbo(Form form) {
    this.form = form;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> terms() {
    return List.of(Loss.ELBO, Loss.LOG_LIKELIHOOD, Loss.KL);
  }

  @Override
  public boolean averagesExamples() {
    return true;
  }

  @Override
  public Loss evaluate(Model model, Tensor x, Tensor noise, Tensor klWeight) {
    Posterior posterior = model.encode(x);
    requireNoise(posterior, noise);
    Tensor z = model.sample(posterior, noise);
    Tensor logLikelihood = model.logLikelihood(x, model.decode(z));
    Tensor kl = form == Form.CLOSED_FORM
        ? model.kl(posterior, z)
        : posterior.logProb(z).subtract(model.logPrior(z));
    Map<String, Tensor> terms = new LinkedHashMap<>();
    terms.put(Loss.ELBO, logLikelihood.subtract(kl));
    terms.put(Loss.LOG_LIKELIHOOD, logLikelihood);
    terms.put(Loss.KL, kl);
    return new Loss(kl.multiply(klWeight).subtract(logLikelihood).mean(), terms);
  }

  private static void requireNoise(Posterior posterior, Tensor noise) {
    Shape wanted = posterior.mean().shape();
    if (!noise.shape().equals(wanted)) {
      throw new ShapeException("objective elbo needs noise " + wanted + ", not " + noise.shape());
    }
  }
}
