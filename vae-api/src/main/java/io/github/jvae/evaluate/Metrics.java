package io.github.jvae.evaluate;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.Loss;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well a model does on a data set; means over its images, in nats per example unless said
 * otherwise.
 *
 * @param images how many images
 * @param elbo the evidence lower bound; higher is better
 * @param elboStandardError the standard error of that mean; not a number for one image
 * @param logLikelihood the expected log-likelihood {@code E_q log p(x|z)}; higher is better
 * @param kl the divergence of the posterior from the prior
 * @param bitsPerDim the bound as bits per pixel value, {@code -elbo / (D ln 2)}; null unless the
 *     likelihood gives a probability (not a density) to these images
 * @param divergences what each latent group adds to the divergence, in the order of the groups
 * @param terms what the model's objective has beside the ELBO and its parts, by name: the bound
 *     that it trains, or what it adds to the loss; means over the images
 */
public record Metrics(
    int images,
    double elbo,
    double elboStandardError,
    double logLikelihood,
    double kl,
    @Nullable Double bitsPerDim,
    List<GroupDivergence> divergences,
    Map<String, Double> terms) {

  /** Keeps the order of the terms. */
  public Metrics {
    divergences = List.copyOf(divergences);
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
  }

  /**
   * Returns a number by the name that objectives have for it.
   *
   * @throws VaeException if there is none
   */
  public double term(String name) {
    return switch (name) {
      case Loss.ELBO -> elbo;
      case Loss.LOG_LIKELIHOOD -> logLikelihood;
      case Loss.KL -> kl;
      default -> {
        Double value = terms.get(name);
        if (value == null) {
          throw new VaeException("nothing was measured of " + name + "; there is " + terms.keySet()
              + " beside the ELBO and its parts");
        }
        yield value;
      }
    };
  }
}
