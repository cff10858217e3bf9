package io.github.jvae.prior;

import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Prior;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.Optional;

/**
 * A prior that is a normal distribution with a diagonal covariance, for all that it may depend on.
 */
abstract class GaussianPrior implements Prior {

  /** Records the distribution: of [B, L], or of [1, L] where it is the same for all examples. */
  abstract DiagonalGaussian distribution(Trace trace, Conditions conditions);

  @Override
  public final Tensor logProb(Tensor z, Conditions conditions) {
    return distribution(z.trace(), conditions).logProb(z);
  }

  /** In closed form for a diagonal Gaussian posterior. */
  @Override
  public final Tensor kl(Posterior posterior, Draw draw, Conditions conditions) {
    return klOfDimensions(posterior, conditions)
        .map(divergences -> divergences.sum(1))
        .orElseGet(() -> Prior.super.kl(posterior, draw, conditions));
  }

  @Override
  public final Optional<Tensor> klOfDimensions(Posterior posterior, Conditions conditions) {
    return posterior instanceof DiagonalGaussian gaussian
        ? Optional.of(gaussian.divergenceFrom(distribution(gaussian.mean().trace(), conditions)))
        : Optional.empty();
  }

  @Override
  public final int scaledNoise(int latent) {
    return latent;
  }

  @Override
  public final Tensor sample(Tensor noise, Conditions conditions) {
    return distribution(noise.trace(), conditions).draw(noise).z();
  }
}
