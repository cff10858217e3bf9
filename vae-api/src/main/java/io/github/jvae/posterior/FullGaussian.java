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
 * A normal distribution N(μ, C Cᵀ) for each example of a batch, of two latent dimensions or more.
 * The lower triangular factor is {@code C = S (I + N)}, with a positive diagonal S and N strictly
 * below the diagonal: what correlates dimensions keeps its meaning when they become narrow.
 *
 * @param diagonal μ and, as logarithms of variances, those of the squares of S
 * @param lower N, row by row, [B, L (L - 1) / 2]
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
   * determinant of C is that of S.
   */
  @Override
  public Draw draw(Tensor noise) {
    Tensor columns = noise.matmul(places(false).transpose(1, 0));
    Tensor correlated = noise.add(sumOfRows(lower.multiply(columns)));
    return new Draw(diagonal.draw(correlated).z(), () -> diagonal.draw(noise).logProb());
  }

  /** Returns the sums of what belongs to each row of N, [B, L]. */
  private Tensor sumOfRows(Tensor numbers) {
    return numbers.matmul(places(true));
  }

  /** Returns in which row, or column, each number of N is, as 0 and 1, [n, L]. */
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

  /** Solves {@code C ε = z - μ} row by row. */
  @Override
  public Tensor logProb(Tensor z) {
    Tensor correlated =
        z.subtract(mean()).multiply(diagonal.logVariance().multiply(-0.5).exp());
    Tensor noise = correlated.slice(1, 0, 1);
    for (int row = 1; row < latent(); row++) {
      int begin = row * (row - 1) / 2;
      Tensor known = lower.slice(1, begin, begin + row).multiply(noise).sum(1).reshape(-1, 1);
      noise = noise.concat(1, correlated.slice(1, row, row + 1).subtract(known));
    }
    return diagonal.draw(noise).logProb();
  }

  /** {@code ½ (‖μ‖² + tr Σ - L - log det Σ)}: N adds to the trace only. */
  @Override
  public Optional<Tensor> klToReference() {
    Tensor added = diagonal.logVariance().exp().multiply(sumOfRows(lower.square()));
    return diagonal
        .klToReference()
        .map(divergence -> divergence.add(added.sum(1).multiply(0.5)));
  }

  @Override
  public Optional<Posterior> repeat(int times) {
    return Optional.of(new FullGaussian(diagonal.repeated(times), Rows.repeat(lower, times)));
  }
}
