package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.Optional;

/** The distribution {@code p(z)} of latent vectors before an example is seen. */
public interface Prior extends Component {

  /**
   * Returns {@code log p(z)} in nats.
   *
   * @param z [B, L]
   * @param conditions of the examples
   * @return [B]
   */
  Tensor logProb(Tensor z, Conditions conditions);

  /**
   * Returns {@code KL(q ‖ p)} in nats: in closed form where there is one, else the one-sample
   * estimate {@code log q(z|x) - log p(z)}.
   *
   * @param posterior q, for B examples
   * @param draw of q
   * @param conditions of the examples
   * @return [B]
   */
  default Tensor kl(Posterior posterior, Draw draw, Conditions conditions) {
    return draw.logProb().subtract(logProb(draw.z(), conditions));
  }

  /**
   * Returns what each latent dimension adds to {@code KL(q ‖ p)}, in nats.
   *
   * @return [B, L]; empty where the divergence is no sum over dimensions in closed form, which is
   *     the default
   */
  default Optional<Tensor> klOfDimensions(Posterior posterior, Conditions conditions) {
    return Optional.empty();
  }

  /**
   * Returns how many standard normal numbers a draw takes; as many as latent dimensions unless a
   * prior says otherwise (a mixture needs one more, to choose).
   */
  default int noiseSize(int latent) {
    return latent;
  }

  /**
   * Returns how many numbers of the noise, counted from the first, are that of normal draws: a
   * temperature multiplies them, and so the standard deviations. None unless a prior says so, which
   * has no temperature then.
   */
  default int scaledNoise(int latent) {
    return 0;
  }

  /**
   * Draws from the prior.
   *
   * @param noise standard normal, [B, {@link #noiseSize}]
   * @param conditions of the examples that are to be drawn
   * @return [B, L]
   */
  Tensor sample(Tensor noise, Conditions conditions);

  /** Returns where this is a density: on all of the latent space unless it says otherwise. */
  default LatentSpace space() {
    return LatentSpace.EUCLIDEAN;
  }
}
