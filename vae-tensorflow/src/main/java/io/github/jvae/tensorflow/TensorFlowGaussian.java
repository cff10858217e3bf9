package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.ImageBatch;
import io.github.jvae.backend.support.NativeGaussian;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.tensor.Tensor;
import org.tensorflow.Operand;
import org.tensorflow.op.math.SquaredDifference;
import org.tensorflow.types.TFloat32;

/** {@link Gaussian} in native operations. */
final class TensorFlowGaussian extends NativeGaussian<TensorFlowTensor, Operand<TFloat32>> {
  private final Gaussian portable;

  TensorFlowGaussian(Gaussian portable) {
    super(TensorFlowTensor.class, TensorFlowModule.NAME, portable);
    this.portable = portable;
  }

  @Override
  protected Tensor logProb(ImageBatch<TensorFlowTensor, Operand<TFloat32>> images) {
    TensorFlowTrace trace = images.x().engineTrace();
    return switch (portable.kind()) {
      case FIXED -> logProb(images, portable.sigma());
      case SHARED -> logProb(images, trace.parameter(Gaussian.SHARED_PARAMETER));
      case PER_PIXEL -> logProbPerPixel(images);
    };
  }

  @Override
  protected Tensor squaredError(ImageBatch<TensorFlowTensor, Operand<TFloat32>> images) {
    return ImageBatch.sum(images.perPixel(SquaredDifference.create(
        images.x().engineTrace().scope(), images.decoded().unwrap(), images.x().unwrap())));
  }
}
