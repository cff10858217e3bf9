package io.github.jvae.djl;

import io.github.jvae.backend.support.ImageBatch;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Tensor;

/**
 * A batch of images and what the decoder made for them, as values of the script. They lie in memory
 * as the decoder left them: an operation on two arrays that lie differently is slow.
 */
final class Images extends ImageBatch<DjlTensor, ScriptValue> {
  private static final int[] PIXEL_AXES = {1, 2, 3};

  private final DjlTrace trace;

  /**
   * @param likelihood that takes them
   * @param x [B, C, H, W]
   * @param decoded what the decoder made for them
   */
  static Images of(Likelihood likelihood, Tensor x, Tensor decoded) {
    String name = "likelihood " + likelihood.name();
    return new Images(
        DjlTensor.require(name, x, image(x)),
        DjlTensor.require(name, decoded, likelihood.decoded(image(x))));
  }

  private Images(DjlTensor images, DjlTensor made) {
    super(images, made);
    this.trace = images.recording();
  }

  DjlTrace trace() {
    return trace;
  }

  /** Summed over all pixels. */
  ScriptValue sum(ScriptValue terms) {
    return trace.call("torch.sum", terms, PIXEL_AXES, false);
  }
}
