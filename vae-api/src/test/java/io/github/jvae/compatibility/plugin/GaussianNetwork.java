package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Activation;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Map;
import java.util.Objects;

/** A network from one vector to a diagonal Gaussian of another. */
final class GaussianNetwork {
  private static final String INPUT = "z";
  private static final String MEAN = "mean";
  private static final String LOG_VARIANCE = "log_variance";
  private static final int HIDDEN = 8;

  private final Network network;

  GaussianNetwork(String name, int from, int to) {
    this.network = Network.named(name)
        .input(INPUT, Shape.of(from))
        .layers(new Layer.Dense(HIDDEN), new Layer.Activate(Activation.TANH))
        .head(MEAN, new Layer.Dense(to))
        .head(LOG_VARIANCE, new Layer.Dense(to))
        .build();
  }

  Network network() {
    return network;
  }

  DiagonalGaussian of(Tensor z) {
    Map<String, Tensor> heads = z.trace().apply(network, Map.of(INPUT, z));
    return new DiagonalGaussian(
        Objects.requireNonNull(heads.get(MEAN)), Objects.requireNonNull(heads.get(LOG_VARIANCE)));
  }
}
