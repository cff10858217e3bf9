package io.github.jvae.nd4j;

import io.github.jvae.backend.support.NativeLikelihood;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.nd4j.kernel.Exponential;
import io.github.jvae.nd4j.operation.Arithmetic;
import io.github.jvae.nd4j.operation.Functions;
import io.github.jvae.nd4j.operation.PixelSum;
import io.github.jvae.nd4j.operation.Sum;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.UnaryOperation;

/** {@link Gaussian} with the squared error and its gradient in one pass. */
final class Nd4jGaussian extends NativeLikelihood {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
  private static final PixelSum.Term SQUARED_ERROR = new HalfSquaredError();

  private final Gaussian portable;

  Nd4jGaussian(Gaussian portable) {
    super(portable);
    this.portable = portable;
  }

  @Override
  protected Tensor logProb(Tensor x, Tensor decoded) {
    Images images = Images.of(this, x, decoded);
    return switch (portable.kind()) {
      case FIXED -> fixed(images);
      case SHARED -> shared(images);
      case PER_PIXEL -> perPixel(images);
    };
  }

  /** {@code -½ ‖x - x̂‖²}. */
  private static Tensor halfSquaredError(Images images) {
    return images.perImage(
        PixelSum.record(images.recording(), SQUARED_ERROR, images.x(), images.decoded()));
  }

  /** {@code -‖x - x̂‖² / (2σ²) - D (½ log 2π + log σ)}. */
  private Tensor fixed(Images images) {
    double sigma = portable.sigma();
    return halfSquaredError(images)
        .multiply(1 / (sigma * sigma))
        .subtract(images.pixels() * (HALF_LOG_TWO_PI + Math.log(sigma)));
  }

  private static Tensor shared(Images images) {
    Tensor logSigma = images.trace().parameter(Gaussian.SHARED_PARAMETER);
    return halfSquaredError(images)
        .multiply(logSigma.multiply(-2).exp())
        .subtract(logSigma.add(HALF_LOG_TWO_PI).multiply(images.pixels()));
  }

  /** {@code -Σ (½ ((x - x̂) / σ)² + log σ) - D/2 log 2π}. */
  private static Tensor perPixel(Images images) {
    Recording recording = images.recording();
    Value mean = images.group(0);
    Value logSigma = images.group(1);
    Value inverse = Functions.record(
        recording,
        UnaryOperation.EXP,
        Functions.record(recording, UnaryOperation.NEGATE, logSigma));
    Value scaledX = Arithmetic.product(recording, images.x(), inverse);
    Value scaledMean = Arithmetic.product(recording, mean, inverse);
    Tensor squares =
        images.perImage(PixelSum.record(recording, SQUARED_ERROR, scaledX, scaledMean));
    Tensor logSigmas = images.perImage(Sum.record(recording, logSigma, 1, 2, 3));
    return squares.subtract(logSigmas).subtract(images.pixels() * HALF_LOG_TWO_PI);
  }

  /** {@code -½ (x - x̂)²}, whose derivative by x̂ is {@code x - x̂}. */
  private static final class HalfSquaredError implements PixelSum.Term {
    @Override
    public void apply(
        float[] x, float[] mean, float[] terms, float[] room, int count, Exponential e) {
      for (int i = 0; i < count; i++) {
        float difference = x[i] - mean[i];
        terms[i] = -0.5f * difference * difference;
      }
    }

    @Override
    public void applyWithDerivatives(
        float[] x, float[] mean, float[] terms, float[] derivatives, int count, Exponential e) {
      for (int i = 0; i < count; i++) {
        float difference = x[i] - mean[i];
        derivatives[i] = difference;
        terms[i] = -0.5f * difference * difference;
      }
    }

    @Override
    public Value byImage(Recording recording, Value x, Value decoded, Value byDecoding) {
      return Arithmetic.difference(recording, decoded, x);
    }
  }
}
