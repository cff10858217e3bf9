package io.github.jvae.djl;

import io.github.jvae.model.Architecture;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/** The decoder's layers, in native operations. */
final class DjlDecoder implements Decoder {
  private final Architecture architecture;

  DjlDecoder(Architecture architecture) {
    this.architecture = architecture;
  }

  @Override
  public List<Parameter> parameters() {
    return architecture.decoderParameters();
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    Shape latent = Shape.of(architecture.latent());
    return Layers.record(architecture.decoder(), DjlTensor.require("decoder", z, latent));
  }
}
