package io.github.jvae.nd4j;

import io.github.jvae.backend.support.ImageBatch;
import io.github.jvae.model.Likelihood;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Tensor;

/** A batch of images and what the decoder made for them, as values of the recording. */
final class Images extends ImageBatch<Nd4jTensor, Value> {
  private final Nd4jTrace trace;

  /**
   * @param likelihood that takes them
   * @param x [B, C, H, W]
   * @param decoded what the decoder made for them
   */
  static Images of(Likelihood likelihood, Tensor x, Tensor decoded) {
    String name = "likelihood " + likelihood.name();
    return new Images(
        Nd4jTensor.require(name, x, image(x)),
        Nd4jTensor.require(name, decoded, likelihood.decoded(image(x))));
  }

  private Images(Nd4jTensor images, Nd4jTensor made) {
    super(images, made);
    this.trace = images.recording();
  }

  Recording recording() {
    return trace.recording();
  }

  Nd4jTrace trace() {
    return trace;
  }
}
