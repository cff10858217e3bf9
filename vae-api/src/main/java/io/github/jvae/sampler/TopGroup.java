package io.github.jvae.sampler;

import io.github.jvae.Vae;
import io.github.jvae.data.Examples;
import io.github.jvae.evaluate.PriorDraws;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.LatentModel;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sampler of the group of a hierarchy that is drawn first. The model draws the others given it,
 * as it learnt to: what a prior may miss of the posteriors is where all begins.
 *
 * @param group which that is
 */
record TopGroup(LatentSampler sampler, LatentGroup group, Vae vae) implements LatentSampler {

  /** Returns the group that samplers are fitted to; none where they are to all latent variables. */
  static Optional<LatentGroup> of(LatentModel model) {
    return model.groups().size() == 1 || model.priorNoise().isEmpty()
        ? Optional.empty()
        : Optional.of(model.groups().get(0));
  }

  @Override
  public HostTensor draw(int count, long seed, Map<String, HostTensor> conditions) {
    float[] top = sampler.draw(count, seed, conditions).data();
    int latent = vae.runtime().model().latent();
    HostTensor latents = HostTensor.zeros(Shape.of(count, latent));
    for (int row = 0; row < count; row++) {
      System.arraycopy(top, row * group.size(), latents.data(), row * latent, group.size());
    }
    return vae.inference()
        .sampleLatents(PriorDraws.of(count, seed)
            .under(conditions)
            .fixing(List.of(group.name()))
            .like(latents));
  }

  @Override
  public double logLikelihood(Examples latents) {
    return sampler.logLikelihood(latents);
  }

  @Override
  public void save(Path folder) {
    sampler.save(folder);
  }

  @Override
  public void close() {
    sampler.close();
  }
}
