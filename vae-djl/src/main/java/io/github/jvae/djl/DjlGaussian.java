package io.github.jvae.djl;

import io.github.jvae.backend.support.ImageBatch;
import io.github.jvae.backend.support.NativeGaussian;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.tensor.Tensor;

/** {@link Gaussian} in native operations. */
final class DjlGaussian extends NativeGaussian<DjlTensor, ScriptValue> {
  /** PyTorch's number for a loss of each element rather than their sum or mean. */
  private static final int NO_REDUCTION = 0;

  private final Gaussian portable;

  DjlGaussian(Gaussian portable) {
    super(DjlTensor.class, DjlModule.NAME, portable);
    this.portable = portable;
  }

  @Override
  protected Tensor logProb(ImageBatch<DjlTensor, ScriptValue> images) {
    DjlTrace trace = images.x().engineTrace();
    return switch (portable.kind()) {
      case FIXED -> logProb(images, portable.sigma());
      case SHARED -> logProb(images, trace.parameter(Gaussian.SHARED_PARAMETER));
      case PER_PIXEL -> logProbPerPixel(images);
    };
  }

  @Override
  protected Tensor squaredError(ImageBatch<DjlTensor, ScriptValue> images) {
    DjlTrace trace = images.x().engineTrace();
    ScriptValue squares =
        trace.call("torch.mse_loss", images.decoded().unwrap(), images.x().unwrap(), NO_REDUCTION);
    return ImageBatch.sum(images.perPixel(squares));
  }
}
