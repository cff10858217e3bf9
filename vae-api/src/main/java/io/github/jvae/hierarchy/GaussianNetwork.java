package io.github.jvae.hierarchy;

import io.github.jvae.model.Component;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.model.Nonlinearity;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A network from one vector to a diagonal Gaussian of another, through hidden layers of gates. */
final class GaussianNetwork implements Component {
  private static final String INPUT = "z";
  private static final DiagonalGaussianFamily FAMILY = new DiagonalGaussianFamily();

  private final Network network;

  /**
   * Describes the network.
   *
   * @param name with which its parameters' names begin
   * @param from the extent of the vector it takes
   * @param hidden units of the hidden layers
   * @param to the extent of the vector whose distribution it makes
   */
  GaussianNetwork(String name, int from, List<Integer> hidden, int to) {
    Network.Builder builder = Network.named(name).input(INPUT, Shape.of(from));
    hidden.forEach(units -> builder.layers(Nonlinearity.gate().after(new Layer.Dense(units))));
    FAMILY.heads(to).forEach((head, size) -> builder.head(head, new Layer.Dense(size)));
    this.network = builder.build();
  }

  @Override
  public List<Network> networks() {
    return List.of(network);
  }

  /**
   * Records the distributions.
   *
   * @param z [B, from]
   */
  DiagonalGaussian of(Tensor z) {
    Map<String, Tensor> heads = z.trace().apply(network, Map.of(INPUT, z));
    return FAMILY.of(heads);
  }
}
