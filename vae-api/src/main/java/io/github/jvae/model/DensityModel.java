package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A density of the examples themselves, which are their own latent vectors: {@code p(x)} is what
 * the prior gives. So a flow or a mixture learns any vectors by maximum likelihood, such as the
 * latent vectors of another model. The ELBO of this model is {@code log p(x)}, exactly.
 *
 * @param example the shape of one example, of L elements
 * @param prior {@code p(x)}
 */
public record DensityModel(Shape example, Prior prior) implements LatentModel {
  /** The name in configurations. */
  public static final String NAME = "density";

  /**
   * Makes the model.
   *
   * @param latent the extent of the latent vector that was asked for
   * @throws ConfigurationException if that is not the number of an example's elements
   */
  public static DensityModel of(Shape example, int latent, Prior prior) {
    if (latent != example.size()) {
      throw new ConfigurationException(
          "a density of examples " + example + " has the latent extent " + example.size() + ", not "
              + latent + "; set it to " + example.size());
    }
    return new DensityModel(example, prior);
  }

  @Override
  public List<Component> components() {
    return List.of(prior);
  }

  @Override
  public List<LatentGroup> groups() {
    return List.of(new LatentGroup(Model.GROUP, latent()));
  }

  @Override
  public int latent() {
    return example.size();
  }

  @Override
  public Likelihood likelihood() {
    return new Itself();
  }

  @Override
  public int noiseSize() {
    return 1;
  }

  @Override
  public int priorNoiseSize() {
    return prior.noiseSize(latent());
  }

  @Override
  public List<PriorNoise> priorNoise() {
    return List.of(new PriorNoise(Model.GROUP, priorNoiseSize(), prior.scaledNoise(latent())));
  }

  /**
   * Records {@code log p(x)} as the log-likelihood; there is nothing to infer, and no divergence.
   */
  @Override
  public BoundTerms bound(Inputs in, Tensor noise, DivergenceForm form) {
    return BoundTerms.withoutPosterior(
        in, noise, repeated -> logPrior(vectors(repeated.x()), repeated.conditions()));
  }

  private Tensor logPrior(Tensor z, Conditions conditions) {
    return PerExample.of("prior " + prior.name(), z, () -> prior.logProb(z, conditions));
  }

  private Tensor vectors(Tensor x) {
    return x.reshape(x.shape().dimension(0), latent());
  }

  @Override
  public Encoded encode(Inputs in) {
    return new Encoded(vectors(in.x()), Optional.empty(), Optional.empty());
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    return z.reshape(example.prepend(z.shape().dimension(0)));
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    return noise.trace().within("prior " + prior.name(), () -> prior.sample(noise, conditions));
  }

  /** The distribution of an example whose every element is known. */
  private record Itself() implements Likelihood {
    @Override
    public String name() {
      return "density";
    }

    @Override
    public void check(HostTensor examples) {
      // Any vector has a density.
    }

    @Override
    public boolean isDensity() {
      return true;
    }

    @Override
    public Tensor logProb(Inputs in, Tensor decoded) {
      throw new ConfigurationException(
          "a density model has no likelihood beside its prior; evaluate its ELBO, which is log p(x)");
    }

    @Override
    public Tensor mean(Tensor decoded) {
      return decoded;
    }

    @Override
    public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
      return decoded;
    }
  }
}
