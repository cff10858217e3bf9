package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Conditions;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Prior;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/** An even mixture of unit Gaussians whose means are learned. */
public final class MixturePrior implements Prior {
  private final Parameter means;

  MixturePrior(int components, int latent) {
    means = new Parameter("prior.means", Shape.of(components, latent), new Initializer.Normal(1));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(means);
  }

  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    int components = means.shape().dimension(0);
    int latent = means.shape().dimension(1);
    Tensor distance = z.reshape(-1, 1, latent).subtract(z.trace().parameter(means.name()));
    double constant = Math.log(components) + 0.5 * latent * Math.log(2 * Math.PI);
    return distance.square().sum(2).multiply(-0.5).logSumExp(1).subtract(constant);
  }

  @Override
  public int noiseSize(int latent) {
    return latent + 1;
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    int components = means.shape().dimension(0);
    int latent = means.shape().dimension(1);
    float[] bounds = new float[components];
    for (int i = 0; i < components; i++) {
      bounds[i] = i;
    }
    Tensor lower = noise.trace().constant(HostTensor.of(Shape.of(components), bounds));
    Tensor choice = noise.slice(1, latent, latent + 1).multiply(Math.sqrt(0.5)).erf();
    Tensor place = choice.add(1).multiply(0.5 * components);
    Tensor oneHot = place.greater(lower).subtract(place.greater(lower.add(1)));
    return noise.slice(1, 0, latent).add(oneHot.matmul(noise.trace().parameter(means.name())));
  }
}
