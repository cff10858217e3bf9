package io.github.jvae.posterior;

import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Rows;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Optional;

/**
 * A normal distribution N(μ, C Cᵀ) for each example of a batch, where C is lower triangular with a
 * positive diagonal; of two latent dimensions or more.
 *
 * @param diagonal μ and, as logarithms of variances, those of the squares of C's diagonal
 * @param lower what is below C's diagonal, row by row, [B, L (L - 1) / 2]
 */
record FullGaussian(DiagonalGaussian diagonal, Tensor lower) implements Posterior {

  private int latent() {
    return mean().shape().dimension(1);
  }

  @Override
  public Tensor mean() {
    return diagonal.mean();
  }

  /**
   * {@code z = μ + C ε}, of which {@code log q(z|x)} is that of a diagonal Gaussian's draw: the
   * determinant of C is the product of its diagonal.
   */
  @Override
  public Draw draw(Tensor noise) {
    Draw uncorrelated = diagonal.draw(noise);
    Tensor columns = noise.matmul(places(false).transpose(1, 0));
    Tensor z = uncorrelated.z().add(lower.multiply(columns).matmul(places(true)));
    return new Draw(z, uncorrelated::logProb);
  }

  /**
   * Returns in which row, or column, of C each number below its diagonal is, as 0 and 1, [n, L].
   */
  private Tensor places(boolean rows) {
    int latent = latent();
    HostTensor places = HostTensor.zeros(Shape.of(lower.shape().dimension(1), latent));
    int number = 0;
    for (int row = 1; row < latent; row++) {
      for (int column = 0; column < row; column++) {
        places.data()[number * latent + (rows ? row : column)] = 1;
        number++;
      }
    }
    return lower.trace().constant(places);
  }

  /** Solves {@code C ε = z - μ} row by row: {@code log q(z|x) = -½ Σ (log 2π + log c_ii² + ε²)}. */
  @Override
  public Tensor logProb(Tensor z) {
    Tensor distance = z.subtract(mean());
    Tensor inverseDiagonal = diagonal.logVariance().multiply(-0.5).exp();
    Tensor noise = distance.slice(1, 0, 1).multiply(inverseDiagonal.slice(1, 0, 1));
    for (int row = 1; row < latent(); row++) {
      int begin = row * (row - 1) / 2;
      Tensor known = lower.slice(1, begin, begin + row).multiply(noise).sum(1).reshape(-1, 1);
      Tensor next = distance
          .slice(1, row, row + 1)
          .subtract(known)
          .multiply(inverseDiagonal.slice(1, row, row + 1));
      noise = noise.concat(1, next);
    }
    return diagonal.draw(noise).logProb();
  }

  /** {@code ½ (‖μ‖² + tr Σ - L - log det Σ)}. */
  @Override
  public Optional<Tensor> klToStandardNormal() {
    return diagonal
        .klToStandardNormal()
        .map(divergence -> divergence.add(lower.square().sum(1).multiply(0.5)));
  }

  @Override
  public Optional<Posterior> repeat(int times) {
    return Optional.of(new FullGaussian(diagonal.repeated(times), Rows.repeat(lower, times)));
  }
}
