package io.github.jvae.posterior;

import io.github.jvae.flow.HouseholderFlow;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Rows;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Optional;

/**
 * A von Mises–Fisher distribution on the unit sphere for each example of a batch: {@code q(z|x) ∝
 * e^{κ μᵀz}}.
 *
 * @param direction μ, of length 1, [B, L]
 * @param concentration κ, at least 0, [B, 1]
 */
record VonMisesFisher(Tensor direction, Tensor concentration) implements Posterior {

  private int latent() {
    return direction.shape().dimension(1);
  }

  private CosineDistribution cosines() {
    return new CosineDistribution(concentration, latent());
  }

  /** Returns the mean directions, which lie on the sphere as draws do. */
  @Override
  public Tensor mean() {
    return direction;
  }

  /**
   * Draws the cosine by the first number of the noise and what is perpendicular to the mean
   * direction by the others, about the first axis, which a reflection then moves to the mean
   * direction (Davidson et al., "Hyperspherical variational auto-encoders", 2018).
   */
  @Override
  public Draw draw(Tensor noise) {
    CosineDistribution cosines = cosines();
    CosineDistribution.Cosine cosine = cosines.draw(noise.slice(1, 0, 1));
    Tensor sideways = noise.slice(1, 1, latent());
    Tensor perpendicular = unit(sideways).multiply(cosine.sine());
    Tensor about = cosine.value().concat(1, perpendicular);
    Tensor z = new HouseholderFlow(1)
        .given(firstAxis().subtract(direction))
        .forward(about)
        .vectors();
    return new Draw(z, () -> cosines.logProb(cosine.shortfall()));
  }

  /** Returns vectors divided by their lengths. */
  static Tensor unit(Tensor vectors) {
    return vectors.divide(Rows.dot(vectors, vectors).maximum(Float.MIN_NORMAL).sqrt());
  }

  private Tensor firstAxis() {
    HostTensor axis = HostTensor.zeros(Shape.of(latent()));
    axis.data()[0] = 1;
    return direction.trace().constant(axis);
  }

  /** @param z of length 1 */
  @Override
  public Tensor logProb(Tensor z) {
    return cosines().logProb(Rows.dot(direction, z).subtract(1));
  }

  @Override
  public Optional<Tensor> klToReference() {
    return Optional.of(cosines().klToUniform());
  }

  @Override
  public Optional<Posterior> repeat(int times) {
    return Optional.of(
        new VonMisesFisher(Rows.repeat(direction, times), Rows.repeat(concentration, times)));
  }
}
