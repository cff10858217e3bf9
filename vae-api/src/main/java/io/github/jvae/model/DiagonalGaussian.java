package io.github.jvae.model;

import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.Optional;

/**
 * A normal distribution with a diagonal covariance for each example of a batch.
 *
 * @param mean [B, L]
 * @param logVariance the natural logarithm of the variances, [B, L]
 */
public record DiagonalGaussian(Tensor mean, Tensor logVariance) implements Posterior {
  /** The name that configurations have for it, as a family of posteriors and as a prior. */
  public static final String NAME = "diagonal-gaussian";

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
  public Optional<Posterior> detached() {
    return Optional.of(new DiagonalGaussian(mean.stopGradient(), logVariance.stopGradient()));
  }

  @Override
  public Optional<Tensor> logVariances() {
    return Optional.of(logVariance);
  }

  /** {@code z = μ + σ ε}, of which {@code log q(z|x) = -½ Σ (log 2π + log σ² + ε²)}. */
  @Override
  public Draw draw(Tensor noise) {
    Tensor z = mean.add(logVariance.multiply(0.5).exp().multiply(noise));
    return new Draw(
        z, () -> noise.square().add(logVariance).add(LOG_TWO_PI).sum(1).multiply(-0.5));
  }

  /**
   * {@code -½ Σ (log 2π + log σ² + (z - μ)² / σ²)}.
   *
   * @param z [B, L], or [..., 1, L] for the log-probability of each z under each distribution,
   *     [..., B]
   */
  @Override
  public Tensor logProb(Tensor z) {
    Tensor squared = z.subtract(mean).square().multiply(logVariance.negate().exp());
    Tensor terms = squared.add(logVariance).add(LOG_TWO_PI);
    return terms.sum(terms.shape().rank() - 1).multiply(-0.5);
  }

  /**
   * Returns what each dimension adds to {@code KL(this ‖ other)}, in nats:
   *
   * <pre>
   * ½ (log σ₂² - log σ₁² + (σ₁² + (μ₁ - μ₂)²) / σ₂² - 1)
   * </pre>
   *
   * @param other of shapes that broadcast against these, such as [1, L]
   * @return [B, L]
   */
  public Tensor divergenceFrom(DiagonalGaussian other) {
    Tensor ratio = logVariance.subtract(other.logVariance());
    Tensor squared = mean.subtract(other.mean()).square();
    // e^l - 1 - l, where the difference is exact also for distributions that are close.
    return squared
        .multiply(other.logVariance().negate().exp())
        .add(ratio.expm1().subtract(ratio))
        .multiply(0.5);
  }

  @Override
  public Posterior rows(int begin, int end) {
    return new DiagonalGaussian(mean.slice(0, begin, end), logVariance.slice(0, begin, end));
  }

  /**
   * Returns twice what each latent dimension adds to {@code KL(q ‖ N(0, I))}, in nats, [B, L]:
   * {@code μ² + σ² - 1 - log σ²} (Kingma and Welling, "Auto-encoding variational Bayes", 2014,
   * appendix B).
   */
  public Tensor twiceKlOfDimensions() {
    // e^l - 1 - l, where the difference is exact also for a posterior close to the prior.
    Tensor excess = logVariance.expm1().subtract(logVariance);
    return mean.square().add(excess);
  }

  @Override
  public Optional<Tensor> klToReference() {
    return Optional.of(twiceKlOfDimensions().sum(1).multiply(0.5));
  }

  @Override
  public Optional<Posterior> repeat(int times) {
    return Optional.of(repeated(times));
  }

  /** Returns the same distributions, each several times in a row: those of B · times examples. */
  public DiagonalGaussian repeated(int times) {
    return new DiagonalGaussian(Rows.repeat(mean, times), Rows.repeat(logVariance, times));
  }
}
