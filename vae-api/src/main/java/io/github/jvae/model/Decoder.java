package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;

/** The network of {@code p(x|z)}: makes the parameters of the likelihood of a latent vector. */
public interface Decoder extends Component {

  /**
   * Records the decoding of a batch.
   *
   * @param z [B, L]
   * @param conditions of the examples that are decoded; there is no example yet when a model
   *     samples
   * @return what the likelihood reads: [B, ...] as {@link Likelihood#decoded} says
   */
  Tensor decode(Tensor z, Conditions conditions);
}
