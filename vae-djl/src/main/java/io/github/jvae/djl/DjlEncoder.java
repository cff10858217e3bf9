package io.github.jvae.djl;

import io.github.jvae.model.Architecture;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Posterior;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/** The encoder's layers and its two heads, in native operations. */
final class DjlEncoder implements Encoder {
  private final Architecture architecture;

  DjlEncoder(Architecture architecture) {
    this.architecture = architecture;
  }

  @Override
  public List<Parameter> parameters() {
    return architecture.encoderParameters();
  }

  @Override
  public Posterior encode(Inputs in) {
    Tensor x = in.x();
    DjlTensor images = DjlTensor.require("encoder", x, architecture.input());
    DjlTensor features = Layers.record(architecture.encoder(), images);
    return new DiagonalGaussian(
        Layers.record(architecture.mean(), features),
        Layers.record(architecture.logVariance(), features));
  }
}
