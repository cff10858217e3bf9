package io.github.jvae.nd4j;

import io.github.jvae.backend.support.ImageBatch;
import io.github.jvae.backend.support.NativeGaussian;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.nd4j.kernel.Exponential;
import io.github.jvae.nd4j.operation.Functions;
import io.github.jvae.nd4j.operation.PixelSum;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.UnaryOperation;

/** {@link Gaussian} with the squared error and its gradient in one pass. */
final class Nd4jGaussian extends NativeGaussian<Nd4jTensor, Value> {
  private final Gaussian portable;

  Nd4jGaussian(Gaussian portable) {
    super(Nd4jTensor.class, Nd4jModule.NAME, portable);
    this.portable = portable;
  }

  @Override
  protected Tensor logProb(ImageBatch<Nd4jTensor, Value> images) {
    Nd4jTrace trace = images.x().engineTrace();
    return switch (portable.kind()) {
      case FIXED -> logProb(images, portable.sigma());
      case SHARED -> logProb(images, trace.parameter(Gaussian.SHARED_PARAMETER));
      case PER_PIXEL -> logProbPerPixel(images);
    };
  }

  @Override
  protected Tensor squaredError(ImageBatch<Nd4jTensor, Value> images) {
    return squaredError(images, images.x(), images.decoded());
  }

  @Override
  protected Tensor perPixel(ImageBatch<Nd4jTensor, Value> images) {
    Tensor logSigma = images.group(1);
    Tensor inverse = logSigma.negate().exp();
    return squaredError(images, images.x().multiply(inverse), images.group(0).multiply(inverse))
        .multiply(-0.5)
        .subtract(ImageBatch.sum(logSigma));
  }

  private static Tensor squaredError(ImageBatch<Nd4jTensor, Value> images, Tensor x, Tensor mean) {
    Recording recording = images.x().engineTrace().recording();
    return images.perImage(PixelSum.record(recording, new SquaredError(), value(x), value(mean)));
  }

  private static Value value(Tensor tensor) {
    return ((Nd4jTensor) tensor).unwrap();
  }

  /** {@code (x - x̂)²}, whose derivative by x̂ is {@code -2 (x - x̂)}. */
  private static final class SquaredError implements PixelSum.Term {
    @Override
    public void apply(
        float[] x, float[] mean, float[] terms, float[] room, int count, Exponential e) {
      for (int i = 0; i < count; i++) {
        float difference = x[i] - mean[i];
        terms[i] = difference * difference;
      }
    }

    @Override
    public void applyWithDerivatives(
        float[] x, float[] mean, float[] terms, float[] derivatives, int count, Exponential e) {
      for (int i = 0; i < count; i++) {
        float difference = x[i] - mean[i];
        derivatives[i] = -2 * difference;
        terms[i] = difference * difference;
      }
    }

    @Override
    public Value byImage(Recording recording, Value x, Value decoded, Value byDecoding) {
      return Functions.record(recording, UnaryOperation.NEGATE, byDecoding);
    }
  }
}
