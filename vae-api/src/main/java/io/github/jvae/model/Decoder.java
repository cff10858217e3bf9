package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;

/** The network of {@code p(x|z)}: makes the parameters of the likelihood of a latent vector. */
public interface Decoder extends Component {

  /**
   * Records the decoding of a batch.
   *
   * @param z [B, L]
   * @return what the likelihood reads: [B, channels · channelsPerPixel, height, width]
   */
  Tensor decode(Tensor z);
}
