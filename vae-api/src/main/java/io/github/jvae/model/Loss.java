package io.github.jvae.model;

import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an objective makes of a batch.
 *
 * @param loss what training minimises, shape []
 * @param terms what is reported, by name: numbers per example, [B], in nats
 */
public record Loss(Tensor loss, Map<String, Tensor> terms) {
  /** The evidence lower bound, nats per example; higher is better. */
  public static final String ELBO = "elbo";

  /** The expected log-likelihood {@code E_q log p(x|z)}, nats per example; higher is better. */
  public static final String LOG_LIKELIHOOD = "log_likelihood";

  /** The divergence of the posterior from the prior, nats per example. */
  public static final String KL = "kl";

  /** Returns the name of the divergence of one latent group, nats per example. */
  public static String klOf(String group) {
    return KL + "_" + group;
  }

  /** @throws ShapeException unless the loss is a single number and the terms are per example */
  public Loss {
    if (loss.shape().rank() != 0) {
      throw new ShapeException(
          loss.trace().component() + ": a loss is a single number, not " + loss.shape());
    }
    terms.forEach((name, term) -> {
      if (term.shape().rank() != 1) {
        throw new ShapeException(
            "term " + name + " of a loss has one number per example, not " + term.shape());
      }
    });
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
  }
}
