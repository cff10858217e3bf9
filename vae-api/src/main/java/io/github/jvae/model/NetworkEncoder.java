package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** An encoder that is one network: its heads are those that a family of posteriors is made of. */
public final class NetworkEncoder implements Encoder {
  private final Network network;
  private final PosteriorFamily family;

  /**
   * Makes an encoder.
   *
   * @param network takes examples, and the conditions that its further inputs are named after
   * @param family of the posteriors
   * @throws VaeException if the network's heads are not the family's
   */
  public NetworkEncoder(Network network, PosteriorFamily family) {
    // Their names are the same whatever the extent of the latent vector.
    Set<String> heads = family.heads(1).keySet();
    if (!network.outputs().keySet().equals(heads)) {
      throw new ConfigurationException("network " + network.name() + " makes "
          + network.outputs().keySet() + ", but a posterior of " + family.name() + " needs "
          + heads);
    }
    this.network = network;
    this.family = family;
  }

  @Override
  public List<Network> networks() {
    return Stream.concat(Stream.of(network), family.networks().stream()).toList();
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.concat(network.parameters().stream(), family.parameters().stream())
        .toList();
  }

  @Override
  public Posterior encode(Inputs in) {
    return family.of(in.x().trace().apply(network, in.conditions().joined(network, in.x())), in);
  }

  @Override
  public int noiseSize(int latent) {
    return family.noiseSize(latent);
  }

  @Override
  public LatentSpace space() {
    return family.space();
  }
}
