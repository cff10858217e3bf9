package io.github.jvae.objective;

import io.github.jvae.tensor.Tensor;

/**
 * How alike two latent vectors are, for the maximum mean discrepancy. Both kernels fall with the
 * squared distance d² on a scale {@code C = 2 L h²} with the bandwidth h: of two draws from N(0, I)
 * it is 2 L on average.
 */
enum Kernel {
  /** The Gaussian kernel {@code exp(-d² / C)}. */
  RBF {
    @Override
    Tensor of(Tensor scaled) {
      return scaled.negate().exp();
    }
  },
  /**
   * The inverse multiquadratic kernel {@code C / (C + d²)}, whose heavy tails reach latent vectors
   * far from all others (Tolstikhin et al., "Wasserstein auto-encoders", 2018).
   */
  IMQ {
    @Override
    Tensor of(Tensor scaled) {
      return scaled.trace().scalar(1).divide(scaled.add(1));
    }
  };

  /** Returns the kernel of squared distances in units of C. */
  abstract Tensor of(Tensor scaled);

  /**
   * Returns the squared maximum mean discrepancy (Gretton et al., "A kernel two-sample test", 2012,
   * equation 5) of two sets: the biased estimate, which is never negative, and 0 for a set and
   * itself.
   *
   * @param x [B, L]
   * @param y [B, L]
   * @param bandwidth h
   * @return []
   */
  final Tensor discrepancy(Tensor x, Tensor y, double bandwidth) {
    double scale = 2.0 * x.shape().dimension(1) * bandwidth * bandwidth;
    return mean(x, x, scale).add(mean(y, y, scale)).subtract(mean(x, y, scale).multiply(2));
  }

  private Tensor mean(Tensor x, Tensor y, double scale) {
    Tensor squares = x.square().sum(1).reshape(-1, 1).add(y.square().sum(1));
    Tensor distances = squares.subtract(x.matmul(y.transpose(1, 0)).multiply(2));
    // Rounding can leave a little less than 0 of a vector's distance from itself.
    return of(distances.maximum(0).divide(scale)).mean();
  }
}
