package io.github.jvae.model;

import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The standard variational autoencoder: one latent vector for each example, and four parts. Its
 * methods call them by name, so that a fault says which part it is in, and check what they return.
 *
 * @param latent the extent of the latent vector
 * @param encoder {@code q(z|x)}
 * @param decoder the network of {@code p(x|z)}
 * @param prior {@code p(z)}
 * @param likelihood the distribution of {@code p(x|z)}
 */
public record Model(
    int latent, Encoder encoder, Decoder decoder, Prior prior, Likelihood likelihood)
    implements LatentModel {
  /** The name of the only latent group. */
  public static final String GROUP = "z";

  @Override
  public List<Component> components() {
    return List.of(encoder, decoder, prior, likelihood);
  }

  @Override
  public List<LatentGroup> groups() {
    return List.of(new LatentGroup(GROUP, latent));
  }

  @Override
  public int noiseSize() {
    return encoder.noiseSize(latent);
  }

  @Override
  public int priorNoiseSize() {
    return prior.noiseSize(latent);
  }

  @Override
  public BoundTerms bound(Inputs in, Tensor noise, DivergenceForm form) {
    int draws = draws(in, noise);
    Inputs repeated = draws == 1 ? in : in.repeat(draws);
    Posterior posterior = draws == 1 ? posterior(in) : posteriors(in, repeated, draws);
    Draw draw = draw(posterior, noise);
    Conditions conditions = repeated.conditions();
    Tensor logLikelihood = logLikelihood(repeated, decode(draw.z(), conditions));
    Tensor kl = form == DivergenceForm.CLOSED_FORM
        ? kl(posterior, draw, conditions)
        : draw.logProb().subtract(logPrior(draw.z(), conditions));
    return new BoundTerms(logLikelihood, Map.of(GROUP, kl));
  }

  private int draws(Inputs in, Tensor noise) {
    int rows = noise.shape().rank() == 2 ? noise.shape().dimension(0) : 0;
    int draws = rows / in.size();
    Shape wanted = Shape.of(in.size() * Math.max(1, draws), noiseSize());
    if (!noise.shape().equals(wanted)) {
      throw new ShapeException(
          noise.trace().component() + " needs noise " + wanted + ", not " + noise.shape());
    }
    return draws;
  }

  private Posterior posteriors(Inputs in, Inputs repeated, int draws) {
    return posterior(in).repeat(draws).orElseGet(() -> posterior(repeated));
  }

  /** Records {@code q(z|x)} for B examples. */
  public Posterior posterior(Inputs in) {
    return in.x().trace().within("encoder", () -> encoder.encode(in));
  }

  /** Records a latent vector for each example, of standard normal noise [B, N]. */
  public Draw draw(Posterior posterior, Tensor noise) {
    return noise.trace().within("posterior", () -> posterior.draw(noise));
  }

  @Override
  public Encoded encode(Inputs in) {
    Posterior posterior = posterior(in);
    return new Encoded(
        posterior.mean(),
        posterior.logVariances(),
        prior.klOfDimensions(posterior, in.conditions()));
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    return z.trace().within("decoder", () -> decoder.decode(z, conditions));
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    return noise.trace().within("prior " + prior.name(), () -> prior.sample(noise, conditions));
  }

  /** Records {@code log p(z)}, [B], in nats. */
  public Tensor logPrior(Tensor z, Conditions conditions) {
    return PerExample.of("prior " + prior.name(), z, () -> prior.logProb(z, conditions));
  }

  /** Records {@code KL(q(z|x) ‖ p(z))}, [B], in nats. */
  public Tensor kl(Posterior posterior, Draw draw, Conditions conditions) {
    return PerExample.of(
        "prior " + prior.name(), draw.z(), () -> prior.kl(posterior, draw, conditions));
  }
}
