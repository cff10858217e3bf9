package io.github.jvae.prior;

import io.github.jvae.model.Conditions;
import io.github.jvae.model.Draw;
import io.github.jvae.model.LatentSpace;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Prior;
import io.github.jvae.model.Rows;
import io.github.jvae.model.UnitSphere;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/** The uniform distribution on the unit sphere, for posteriors that lie on it. */
public final class HypersphericalUniform implements Prior {
  /** The name in configurations. */
  public static final String NAME = "hyperspherical-uniform";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LatentSpace space() {
    return LatentSpace.SPHERE;
  }

  /** One over the area of the sphere, whatever z. */
  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    double logArea = UnitSphere.logArea(z.shape().dimension(1));
    return z.trace().scalar(-logArea).broadcastTo(Shape.of(z.shape().dimension(0)));
  }

  /** In closed form for a posterior that has one. */
  @Override
  public Tensor kl(Posterior posterior, Draw draw, Conditions conditions) {
    return posterior.klToReference().orElseGet(() -> Prior.super.kl(posterior, draw, conditions));
  }

  /** The direction of a standard normal vector. */
  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    return noise.divide(Rows.dot(noise, noise).sqrt());
  }
}
