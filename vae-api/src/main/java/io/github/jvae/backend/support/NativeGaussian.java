package io.github.jvae.backend.support;

import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Tensor;

/**
 * A Gaussian likelihood of images, of the squared error that an engine computes in one operation.
 *
 * @param <T> the engine's tensors
 * @param <V> the engine's values
 */
public abstract class NativeGaussian<T extends EngineTensor<T, V>, V>
    extends NativeLikelihood<T, V> {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /**
   * @param type the engine's tensors
   * @param backend the name of the engine's backend
   * @param portable what this computes otherwise
   */
  protected NativeGaussian(Class<T> type, String backend, Likelihood portable) {
    super(type, backend, portable);
  }

  /** Records {@code ‖x - x̂‖²} for the means x̂ that the decoder made, [B]. */
  protected abstract Tensor squaredError(ImageBatch<T, V> images);

  /** Records {@code -‖x - x̂‖² / (2σ²) - D (½ log 2π + log σ)} for a given σ. */
  protected final Tensor logProb(ImageBatch<T, V> images, double sigma) {
    return squaredError(images)
        .multiply(-0.5 / (sigma * sigma))
        .subtract(images.pixels() * (HALF_LOG_TWO_PI + Math.log(sigma)));
  }

  /** Records the same for a σ that is learned, one for all pixels. */
  protected final Tensor logProb(ImageBatch<T, V> images, Tensor logSigma) {
    return squaredError(images)
        .multiply(logSigma.multiply(-2).exp().multiply(-0.5))
        .subtract(logSigma.add(HALF_LOG_TWO_PI).multiply(images.pixels()));
  }

  /**
   * Records {@code -½ Σ ((x - x̂) / σ)² - Σ log σ - D/2 log 2π} for a σ of each pixel, whose
   * logarithm the decoder made.
   */
  protected final Tensor logProbPerPixel(ImageBatch<T, V> images) {
    return perPixel(images).subtract(images.pixels() * HALF_LOG_TWO_PI);
  }

  /** Records that without its constant. */
  protected Tensor perPixel(ImageBatch<T, V> images) {
    Tensor logSigma = images.group(1);
    Tensor standardised =
        images.group(0).subtract(images.x()).multiply(logSigma.negate().exp());
    return ImageBatch.sum(standardised.square().multiply(-0.5).subtract(logSigma));
  }
}
