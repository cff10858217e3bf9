package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/**
 * A variational autoencoder as objectives, evaluation and sampling see it, whatever it is made of:
 * {@link Model} has one encoder, decoder and prior; a hierarchy has several.
 *
 * <p>All latent variables of an example lie in one vector of extent L, group after group.
 */
public interface LatentModel {

  /** Returns the parts that own networks and parameters. */
  List<Component> components();

  /** Returns the latent groups, in their order in the latent vector; at least one. */
  List<LatentGroup> groups();

  /** Returns the distribution {@code p(x|z)}. */
  Likelihood likelihood();

  /**
   * Records the terms of the bound, with one draw from the posterior or several for each example.
   *
   * @param in B examples
   * @param noise standard normal, [B · K, {@link #noiseSize}]: K draws in a row for each example
   * @param form of the divergences
   * @return terms of B · K examples, in the order of the noise
   */
  BoundTerms bound(Inputs in, Tensor noise, DivergenceForm form);

  /** Records what is known of the posteriors of B examples. */
  Encoded encode(Inputs in);

  /**
   * Records what the likelihood reads.
   *
   * @param z latent vectors, [B, L]
   * @param conditions of the examples
   * @return [B, ...] as {@link Likelihood#decoded} says
   */
  Tensor decode(Tensor z, Conditions conditions);

  /**
   * Draws latent vectors from the prior.
   *
   * @param noise standard normal, [B, {@link #priorNoiseSize}]
   * @param conditions of the examples that are to be drawn
   * @return [B, L]
   */
  Tensor sample(Tensor noise, Conditions conditions);

  /**
   * Draws from the prior the groups of latent vectors that are not known, each given those above
   * it. A model of several groups has to say how; one that does has its groups in the order in
   * which they are drawn, and tells its {@link #priorNoise}.
   *
   * @param known the latent vectors, of which whole groups are known
   * @param noise as {@link #sample} takes it; that of groups that are known makes nothing
   * @param conditions of the examples that are to be drawn
   * @return [B, L]
   * @throws ConfigurationException if the model does not say how
   */
  default Tensor complete(KnownLatents known, Tensor noise, Conditions conditions) {
    if (groups().size() > 1) {
      throw new ConfigurationException("this model does not say how its latent groups are drawn"
          + " given others; draw all of them anew");
    }
    return known.over(sample(noise, conditions), 0);
  }

  /**
   * Returns whether the bound of a batch takes much that no example has a part in, such as encoding
   * pseudo-inputs: an engine that divides a batch among threads would do that for each of them. Not
   * so unless a model says it.
   */
  default boolean sharesWork() {
    return false;
  }

  /**
   * Returns the names of the parameters that a step of training sets to what {@link #bound} tells
   * the trace, as it does a moving average, in place of moving them along a gradient. What is told
   * is a mean over the examples. None unless a model says so.
   */
  default List<String> states() {
    return List.of();
  }

  /**
   * Returns the names of single numbers that {@link #bound} tells the trace, to be reported beside
   * the terms of the objective; none unless a model says so.
   */
  default List<String> statistics() {
    return List.of();
  }

  /** Returns where latent vectors lie: anywhere unless a model says otherwise. */
  default LatentSpace space() {
    return LatentSpace.EUCLIDEAN;
  }

  /** Returns how many standard normal numbers a draw from the posterior takes. */
  default int noiseSize() {
    return latent();
  }

  /** Returns how many standard normal numbers a draw from the prior takes. */
  default int priorNoiseSize() {
    return latent();
  }

  /**
   * Returns what makes each group of the noise of a draw from the prior, in its order there;
   * nothing where that is not known.
   */
  default List<PriorNoise> priorNoise() {
    return groups().size() > 1
        ? List.of()
        : List.of(new PriorNoise(groups().get(0).name(), priorNoiseSize(), 0));
  }

  /**
   * Returns what users should know of how this model takes examples, such as that it pads them: a
   * sentence each. Nothing unless a model says so.
   */
  default List<String> notes() {
    return List.of();
  }

  /** Returns the extent of the latent vector, L. */
  default int latent() {
    return groups().stream().mapToInt(LatentGroup::size).sum();
  }

  /** Returns the parameters of all parts. */
  default List<Parameter> parameters() {
    return components().stream().flatMap(part -> part.parameters().stream()).toList();
  }

  /** Returns the networks of all parts. */
  default List<Network> networks() {
    return components().stream().flatMap(part -> part.networks().stream()).toList();
  }

  /**
   * Records {@code log p(x|z)}, in nats.
   *
   * @param in B examples
   * @param decoded what {@link #decode} made for them
   * @return [B]
   */
  default Tensor logLikelihood(Inputs in, Tensor decoded) {
    Likelihood likelihood = likelihood();
    return PerExample.of(
        "likelihood " + likelihood.name(), in.x(), () -> likelihood.logProb(in, decoded));
  }
}
