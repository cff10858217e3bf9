package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.ImageBatch;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Tensor;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/** A batch of images and what the decoder made for them, as operands of the graph. */
final class Images extends ImageBatch<TensorFlowTensor, Operand<TFloat32>> {
  private final TensorFlowTrace trace;

  /**
   * @param likelihood that takes them
   * @param x [B, C, H, W]
   * @param decoded what the decoder made for them
   */
  static Images of(Likelihood likelihood, Tensor x, Tensor decoded) {
    String name = "likelihood " + likelihood.name();
    return new Images(
        TensorFlowTensor.require(name, x, image(x)),
        TensorFlowTensor.require(name, decoded, likelihood.decoded(image(x))));
  }

  private Images(TensorFlowTensor images, TensorFlowTensor made) {
    super(images, made);
    this.trace = images.recording();
  }

  TensorFlowTrace trace() {
    return trace;
  }

  /** Summed over all pixels. */
  Operand<TFloat32> sum(Operand<TFloat32> terms) {
    return Sum.create(trace.scope(), terms, trace.integers(1, 2, 3));
  }
}
