package io.github.jvae.model;

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
}
