package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Activation;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import java.util.List;

/** Makes encoders of two residual branches, for examples of any shape. */
final class ResidualEncoder {
  private ResidualEncoder() {}

  static Encoder of(int width, ModelContext context) {
    Network.Builder network = Network.named("encoder")
        .input("x", context.example())
        .layers(new Layer.Flatten(), new Layer.Dense(width), branch(width), branch(width));
    context
        .component(Kind.POSTERIOR)
        .heads(context.latent())
        .forEach((head, size) -> network.head(head, new Layer.Dense(size)));
    return new NetworkEncoder(network.build(), context.component(Kind.POSTERIOR));
  }

  private static Layer branch(int width) {
    return new Layer.Residual(
        List.of(new Layer.LayerNorm(), new Layer.Activate(Activation.SILU), new Layer.Dense(width)),
        List.of());
  }
}
