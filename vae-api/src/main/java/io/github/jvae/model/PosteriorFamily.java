package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.Map;

/**
 * A family of distributions {@code q(z|x)}: which numbers an encoder's network has to make of an
 * example, and which distribution they stand for. It may own networks and parameters of its own, as
 * a normalising flow does.
 */
public interface PosteriorFamily extends Component {

  /**
   * Returns the heads that the encoder's network has to end in: how many numbers each makes, by
   * name and in order.
   *
   * @param latent the extent of the latent vector
   */
  Map<String, Integer> heads(int latent);

  /**
   * Records the distributions of a batch.
   *
   * @param heads what the network made, [B, n] each, by the names of {@link #heads}
   * @param in the examples they were made of
   */
  Posterior of(Map<String, Tensor> heads, Inputs in);

  /**
   * Returns how many standard normal numbers a draw takes; as many as latent dimensions unless a
   * family says otherwise.
   *
   * @param latent the extent of the latent vector
   */
  default int noiseSize(int latent) {
    return latent;
  }

  /**
   * Returns where its posteriors are densities: on all of the latent space unless it says
   * otherwise.
   */
  default LatentSpace space() {
    return LatentSpace.EUCLIDEAN;
  }
}
