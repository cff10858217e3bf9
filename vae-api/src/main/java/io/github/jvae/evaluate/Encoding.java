package io.github.jvae.evaluate;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.util.Optional;

/**
 * The posteriors of some examples.
 *
 * @param mean the latent vectors that stand for them, [B, L]
 * @param logVariances the natural logarithms of the variances, [B, L], of latent dimensions that
 *     are independent of each other; empty where they are not
 */
public record Encoding(HostTensor mean, Optional<HostTensor> logVariances) {

  /**
   * Returns the natural logarithm of the variances, [B, L].
   *
   * @throws VaeException if the posteriors have none
   */
  public HostTensor logVariance() {
    return logVariances.orElseThrow(() -> new VaeException("the posterior of this model has no"
        + " log-variances, as its latent dimensions depend on each other; use the means"));
  }
}
