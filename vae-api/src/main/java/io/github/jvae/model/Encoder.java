package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;

/**
 * The approximate posterior {@code q(z|x)}: makes a distribution over latent vectors of an image.
 */
public interface Encoder extends Component {

  /**
   * Records the encoding of a batch.
   *
   * @param x images, [B, channels, height, width], in [0, 1]
   */
  Posterior encode(Tensor x);
}
