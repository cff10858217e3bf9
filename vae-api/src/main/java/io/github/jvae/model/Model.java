package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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

  /** @throws ConfigurationException if posterior and prior are densities on different spaces */
  public Model {
    if (encoder.space() != prior.space()) {
      throw new ConfigurationException("the posterior is a density on " + encoder.space()
          + ", but the prior " + prior.name() + " on " + prior.space()
          + "; their divergence needs the same space: take hyperspherical-uniform as the prior of"
          + " von-mises-fisher posteriors, and of no others");
    }
  }

  @Override
  public List<Component> components() {
    return List.of(encoder, decoder, prior, likelihood);
  }

  @Override
  public List<LatentGroup> groups() {
    return List.of(new LatentGroup(GROUP, latent));
  }

  @Override
  public LatentSpace space() {
    return encoder.space();
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
  public List<PriorNoise> priorNoise() {
    return List.of(new PriorNoise(GROUP, priorNoiseSize(), prior.scaledNoise(latent)));
  }

  /** Posteriors of pseudo-inputs are the same for all examples. */
  @Override
  public boolean sharesWork() {
    return prior instanceof PseudoInputPrior;
  }

  /**
   * Returns a latent model as one of this kind, for what needs its parts.
   *
   * @param who needs them, for the message
   * @throws VaeException if it is another
   */
  public static Model require(LatentModel model, String who) {
    if (model instanceof Model standard) {
      return standard;
    }
    throw new ConfigurationException(who + " needs a model of one encoder, one decoder and one"
        + " latent vector, not one of the latent groups "
        + model.groups().stream().map(LatentGroup::name).collect(Collectors.joining(", "))
        + "; take --model standard, or another objective");
  }

  @Override
  public BoundTerms bound(Inputs in, Tensor noise, DivergenceForm form) {
    return bound(draws(in, noise), form);
  }

  /**
   * Records draws from the posteriors of B examples, which are encoded once.
   *
   * @param noise standard normal, [B · K, {@link #noiseSize}]: K draws in a row for each example
   */
  public PosteriorDraws draws(Inputs in, Tensor noise) {
    int draws = drawsOfEach(in, noise);
    Inputs repeated = draws == 1 ? in : in.repeat(draws);
    Pass pass = pass(in);
    Posterior posterior =
        draws == 1 ? pass.posterior() : pass.repeated(draws, () -> posterior(repeated));
    return new PosteriorDraws(repeated, posterior, pass.prior(), draw(posterior, noise));
  }

  /** Records the terms of the bound at some draws. */
  public BoundTerms bound(PosteriorDraws draws, DivergenceForm form) {
    Tensor decoded = decode(draws.z(), draws.in().conditions());
    return new BoundTerms(logLikelihood(draws.in(), decoded), Map.of(GROUP, draws.kl(form)));
  }

  private int drawsOfEach(Inputs in, Tensor noise) {
    int rows = noise.shape().rank() == 2 ? noise.shape().dimension(0) : 0;
    int draws = rows / in.size();
    Shape wanted = Shape.of(in.size() * Math.max(1, draws), noiseSize());
    if (!noise.shape().equals(wanted)) {
      throw new ShapeException(
          noise.trace().component() + " needs noise " + wanted + ", not " + noise.shape());
    }
    return draws;
  }

  /**
   * One pass of a batch through the encoder.
   *
   * @param posterior of the examples
   * @param prior which may be made of posteriors of the same pass
   */
  private record Pass(Posterior posterior, Prior prior) {
    Posterior repeated(int times, Supplier<Posterior> otherwise) {
      return posterior.repeat(times).orElseGet(otherwise);
    }
  }

  private Pass pass(Inputs in) {
    if (!(prior instanceof PseudoInputPrior pseudo)) {
      return new Pass(posterior(in), prior);
    }
    Tensor others = pseudo.pseudoInputs(in.x().trace());
    Posterior all = posterior(in.followedBy(others));
    int end = in.size() + others.shape().dimension(0);
    return new Pass(all.rows(0, in.size()), pseudo.madeOf(all.rows(in.size(), end)));
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
    return logPrior(prior, z, conditions);
  }

  static Tensor logPrior(Prior prior, Tensor z, Conditions conditions) {
    return PerExample.of("prior " + prior.name(), z, () -> prior.logProb(z, conditions));
  }

  /** Records {@code KL(q(z|x) ‖ p(z))}, [B], in nats. */
  public Tensor kl(Posterior posterior, Draw draw, Conditions conditions) {
    return kl(prior, posterior, draw, conditions);
  }

  static Tensor kl(Prior prior, Posterior posterior, Draw draw, Conditions conditions) {
    return PerExample.of(
        "prior " + prior.name(), draw.z(), () -> prior.kl(posterior, draw, conditions));
  }
}
