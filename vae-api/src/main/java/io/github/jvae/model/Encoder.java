package io.github.jvae.model;

/**
 * The approximate posterior {@code q(z|x)}: makes a distribution over latent vectors of an example.
 */
public interface Encoder extends Component {

  /**
   * Records the encoding of a batch.
   *
   * @param in examples, [B, ...], with the conditions that the model is given
   */
  Posterior encode(Inputs in);

  /**
   * Returns how many standard normal numbers a draw of its posterior takes; as many as latent
   * dimensions unless an encoder says otherwise.
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
