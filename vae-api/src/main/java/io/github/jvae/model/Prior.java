package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;

/** The distribution {@code p(z)} of latent vectors before an image is seen. */
public interface Prior extends Component {

  /**
   * {@code log p(z)} in nats.
   *
   * @param z [B, L]
   * @return [B]
   */
  Tensor logProb(Tensor z);

  /**
   * {@code KL(q ‖ p)} in nats: in closed form where there is one, else the one-sample estimate
   * {@code log q(z|x) - log p(z)}.
   *
   * @param posterior q, for B images
   * @param z drawn from q, [B, L]
   * @return [B]
   */
  default Tensor kl(Posterior posterior, Tensor z) {
    return posterior.logProb(z).subtract(logProb(z));
  }

  /**
   * How many standard normal numbers a draw takes; as many as latent dimensions unless a prior says
   * otherwise (a mixture needs one more, to choose).
   */
  default int noiseSize(int latent) {
    return latent;
  }

  /**
   * Draws from the prior.
   *
   * @param noise standard normal, [B, {@link #noiseSize}]
   * @return [B, L]
   */
  Tensor sample(Tensor noise);
}
