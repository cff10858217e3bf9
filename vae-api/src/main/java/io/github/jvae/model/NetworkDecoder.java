package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.List;

/** A decoder that is one network, from the latent vector to what the likelihood reads. */
public final class NetworkDecoder implements Decoder {
  private final Network network;

  /**
   * Makes a decoder.
   *
   * @param network takes latent vectors, [latent], and the conditions that its further inputs are
   *     named after, and makes one output
   */
  public NetworkDecoder(Network network) {
    this.network = network;
  }

  @Override
  public List<Network> networks() {
    return List.of(network);
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    return z.trace()
        .apply(network, conditions.joined(network, z))
        .values()
        .iterator()
        .next();
  }
}
