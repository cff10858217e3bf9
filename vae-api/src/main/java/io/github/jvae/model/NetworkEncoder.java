package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An encoder that is one network: its heads are those that a family of posteriors is made of. */
public final class NetworkEncoder implements Encoder {
  private final Network network;
  private final PosteriorFamily family;
  private final @Nullable ColumnFeatures features;

  /**
   * Makes an encoder.
   *
   * @param network takes examples, and the conditions that its further inputs are named after
   * @param family of the posteriors
   * @throws VaeException if the network's heads are not the family's
   */
  public NetworkEncoder(Network network, PosteriorFamily family) {
    this(network, family, null);
  }

  /**
   * Makes an encoder of a table's rows.
   *
   * @param network takes features of rows, and the conditions that its further inputs are named
   *     after
   * @param family of the posteriors
   * @param features of rows; null for examples as they are
   * @throws VaeException if the network's heads are not the family's
   */
  public NetworkEncoder(
      Network network, PosteriorFamily family, @Nullable ColumnFeatures features) {
    // Their names are the same whatever the extent of the latent vector.
    Set<String> heads = family.heads(1).keySet();
    if (!network.outputs().keySet().equals(heads)) {
      throw new ConfigurationException("network " + network.name() + " makes "
          + network.outputs().keySet() + ", but a posterior of " + family.name() + " needs "
          + heads);
    }
    this.network = network;
    this.family = family;
    this.features = features;
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
    Tensor seen = features == null ? in.x() : features.of(in);
    return family.of(seen.trace().apply(network, in.conditions().joined(network, seen)), in);
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
