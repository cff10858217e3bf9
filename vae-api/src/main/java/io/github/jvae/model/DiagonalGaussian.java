package io.github.jvae.model;

import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;

/**
 * A normal distribution with a diagonal covariance for each image of a batch.
 *
 * @param mean [B, L]
 * @param logVariance the natural logarithm of the variances, [B, L]
 */
public record DiagonalGaussian(Tensor mean, Tensor logVariance) implements Posterior {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** @throws ShapeException unless both have the same shape, of rank 2 */
  public DiagonalGaussian {
    if (mean.shape().rank() != 2 || !mean.shape().equals(logVariance.shape())) {
      throw new ShapeException(mean.trace().component()
          + ": mean and log-variance must both be [batch, latent], not "
          + mean.shape()
          + " and "
          + logVariance.shape());
    }
  }

  @Override
  public Tensor sample(Tensor noise) {
    return mean.add(logVariance.multiply(0.5).exp().multiply(noise));
  }

  @Override
  public DiagonalGaussian repeat(int times) {
    return new DiagonalGaussian(Rows.repeat(mean, times), Rows.repeat(logVariance, times));
  }

  /** {@code -½ Σ (log 2π + log σ² + (z - μ)² / σ²)}. */
  @Override
  public Tensor logProb(Tensor z) {
    Tensor squared = z.subtract(mean).square().multiply(logVariance.negate().exp());
    return squared.add(logVariance).add(LOG_TWO_PI).sum(1).multiply(-0.5);
  }
}
