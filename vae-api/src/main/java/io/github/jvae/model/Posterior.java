package io.github.jvae.model;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Tensor;

/** A distribution {@code q(z|x)} over latent vectors for each image of a batch. */
public interface Posterior {

  /** The means, [B, L]. */
  Tensor mean();

  /**
   * A latent vector for each image, as a differentiable function of standard normal noise (the
   * reparameterisation of Kingma and Welling, "Auto-encoding variational Bayes", 2014).
   *
   * @param noise standard normal, [B, L]
   * @return [B, L]
   */
  Tensor sample(Tensor noise);

  /**
   * {@code log q(z|x)} in nats.
   *
   * @param z [B, L]
   * @return [B]
   */
  Tensor logProb(Tensor z);

  /**
   * The same distributions, each several times in a row: those of B · times images, to draw more
   * than one latent vector for each.
   *
   * @param times at least 1
   * @throws VaeException if this posterior does not know how, which is the default
   */
  default Posterior repeat(int times) {
    throw new VaeException("a posterior of " + getClass().getSimpleName()
        + " gives one latent vector an image; let it implement repeat for more");
  }
}
