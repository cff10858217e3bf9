package io.github.jvae.prior;

import io.github.jvae.model.Choice;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.tensor.Tensor;

/**
 * A mixture of normal distributions with diagonal covariances, while it is recorded.
 *
 * @param components K of them, of means and log-variances [K, L]
 * @param logWeights the logarithms of weights that add up to 1, [K]
 */
record GaussianMixture(DiagonalGaussian components, Tensor logWeights) {
  /** So many components are compared with each latent vector one by one; more, by products. */
  private static final int FEW = 64;

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /**
   * Returns {@code log Σ w_k N(z; μ_k, σ²_k)} in nats.
   *
   * @param z [B, L]
   * @return [B]
   */
  Tensor logProb(Tensor z) {
    int latent = z.shape().dimension(1);
    Tensor each = components.mean().shape().dimension(0) <= FEW
        ? components.logProb(z.reshape(-1, 1, latent))
        : byProducts(z);
    return each.add(logWeights).logSumExp(1);
  }

  /**
   * The log-probability of each z under each component, [B, K], by two products of matrices in
   * place of B · K · L differences: {@code Σ (z - μ)² / σ² = Σ z² / σ² - 2 Σ z μ / σ² + Σ μ² / σ²}.
   * In single precision that is right to some 1e-7 of the largest term, {@code μ² / σ²}. So that it
   * is small, all is counted from the mean of the components.
   */
  private Tensor byProducts(Tensor z) {
    Tensor centre = components.mean().mean(0).stopGradient();
    Tensor from = z.subtract(centre);
    Tensor mean = components.mean().subtract(centre);
    Tensor precision = components.logVariance().negate().exp();
    Tensor scaled = mean.multiply(precision);
    Tensor constant =
        mean.multiply(scaled).add(components.logVariance()).add(LOG_TWO_PI).sum(1);
    Tensor squares = from.square().matmul(precision.transpose(1, 0));
    Tensor products = from.matmul(scaled.transpose(1, 0)).multiply(2);
    return squares.subtract(products).add(constant).multiply(-0.5);
  }

  /**
   * Draws latent vectors: the last number of the noise chooses the component.
   *
   * @param noise standard normal, [B, L + 1]
   * @return [B, L]
   */
  Tensor sample(Tensor noise) {
    int latent = noise.shape().dimension(1) - 1;
    Tensor uniform =
        noise.slice(1, latent, latent + 1).multiply(Math.sqrt(0.5)).erf().add(1).multiply(0.5);
    Tensor chosen = Choice.oneHot(logWeights.exp().reshape(1, -1), uniform, 1);
    Tensor mean = chosen.matmul(components.mean());
    Tensor logVariance = chosen.matmul(components.logVariance());
    return new DiagonalGaussian(mean, logVariance)
        .draw(noise.slice(1, 0, latent))
        .z();
  }
}
