package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Conditions;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Prior;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/** An even mixture of unit Gaussians whose means are learned. */
public final class EvenMixture implements Prior {
  private final int components;
  private final int latent;
  private final Parameter means;

  public EvenMixture(int components, int latent) {
    this.components = components;
    this.latent = latent;
    this.means =
        new Parameter("prior.means", Shape.of(components, latent), new Initializer.Normal(1));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(means);
  }

  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    Tensor distance = z.reshape(-1, 1, latent).subtract(z.trace().parameter(means.name()));
    double constant = Math.log(components) + 0.5 * latent * Math.log(2 * Math.PI);
    return distance.square().sum(2).multiply(-0.5).logSumExp(1).subtract(constant);
  }

  @Override
  public int noiseSize(int latentSize) {
    return latentSize + 1;
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    Tensor chosen = OneOfMany.of(noise.slice(1, latent, latent + 1), components);
    return noise.slice(1, 0, latent).add(chosen.matmul(noise.trace().parameter(means.name())));
  }
}
