package io.github.jvae.quantized;

import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.Component;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Encoded;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Model;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vector-quantised autoencoder of van den Oord, Vinyals and Kavukcuoglu, "Neural discrete
 * representation learning", 2017. An example has G codes; what the encoder makes for each becomes
 * the nearest vector of a codebook, and the gradient of that passes as if it had not
 * (straight-through).
 *
 * <p>The posterior is certain of its codes, so the divergence is {@code -log p(codes)}: G · log K
 * nats where all codes are alike likely, less where their distribution is learned, which does not
 * change the codes. The bound is that of the model and nothing else: what pulls the encoder's
 * numbers towards the codes, {@code β ‖z - sg[e]‖²}, has a gradient but is no part of its value.
 */
public final class QuantizedModel implements LatentModel {
  /** The name in configurations. */
  public static final String NAME = "vq";

  /** What is reported of codes that are used less than a hundredth as often as on average. */
  public static final String DEAD_CODES = "dead_codes";

  /** What is reported of how evenly codes are used: as many as that, if they were used alike. */
  public static final String PERPLEXITY = "perplexity";

  private final CodeNetworks networks;
  private final Codebook codebook;
  private final CodePrior prior;
  private final Likelihood likelihood;
  private final double commitment;

  /** @param commitment β, what a squared distance between a number and its code costs */
  QuantizedModel(
      CodeNetworks networks,
      Codebook codebook,
      CodePrior prior,
      Likelihood likelihood,
      double commitment) {
    this.networks = networks;
    this.codebook = codebook;
    this.prior = prior;
    this.likelihood = likelihood;
    this.commitment = commitment;
  }

  @Override
  public List<Component> components() {
    return List.of(networks, codebook, prior, likelihood);
  }

  @Override
  public List<LatentGroup> groups() {
    return List.of(new LatentGroup(Model.GROUP, codebook.size() * networks.groups()));
  }

  @Override
  public Likelihood likelihood() {
    return likelihood;
  }

  @Override
  public List<String> states() {
    return codebook.states();
  }

  @Override
  public List<String> statistics() {
    return List.of(PERPLEXITY, DEAD_CODES);
  }

  /** A certain posterior needs no noise; a computation has one number of it all the same. */
  @Override
  public int noiseSize() {
    return 1;
  }

  @Override
  public int priorNoiseSize() {
    return networks.groups();
  }

  @Override
  public BoundTerms bound(Inputs in, Tensor noise, DivergenceForm form) {
    int draws = noise.shape().dimension(0) / in.size();
    Inputs each = draws == 1 ? in : in.repeat(draws);
    Tensor encoded = encoded(each);
    Tensor chosen = codebook.nearest(encoded);
    Tensor vectors = chosen.matmul(codebook.vectors(encoded.trace()));
    codebook.learn(chosen, encoded, each.size());
    Tensor passed = encoded.add(vectors.subtract(encoded).stopGradient());
    Tensor logLikelihood = logLikelihood(each, decode(latents(passed), each.conditions()));
    Tensor pull = distance(encoded, vectors.stopGradient()).multiply(commitment);
    if (codebook.isTrained()) {
      pull = pull.add(distance(encoded.stopGradient(), vectors));
    }
    return new BoundTerms(
        logLikelihood.add(pull.stopGradient().subtract(pull)),
        Map.of(Model.GROUP, prior.logProb(codes(chosen)).negate()));
  }

  /** The numbers that each code is to stand for, [B · G, D]. */
  private Tensor encoded(Inputs in) {
    return in.x()
        .trace()
        .within("encoder", () -> rows(in.x().trace().apply(networks.encoder(), in.x())));
  }

  private Tensor rows(Tensor map) {
    return map.reshape(-1, codebook.size(), networks.groups())
        .transpose(0, 2, 1)
        .reshape(-1, codebook.size());
  }

  /** Latent vectors, [B, D · G], of the rows of their codes. */
  private Tensor latents(Tensor rows) {
    return rows.reshape(-1, networks.groups(), codebook.size())
        .transpose(0, 2, 1)
        .reshape(-1, latent());
  }

  private Tensor codes(Tensor chosen) {
    return chosen.reshape(-1, networks.groups(), codebook.codes());
  }

  /** The squared distance of all rows of an example, [B]. */
  private Tensor distance(Tensor rows, Tensor others) {
    return rows.subtract(others).square().reshape(-1, latent()).sum(1);
  }

  /** Tells the vectors of an example's codes; they have no variance. */
  @Override
  public Encoded encode(Inputs in) {
    Tensor chosen = codebook.nearest(encoded(in));
    Tensor vectors = chosen.matmul(codebook.vectors(chosen.trace()));
    return new Encoded(latents(vectors), Optional.empty(), Optional.empty());
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    return z.trace().within("decoder", () -> z.trace().apply(networks.decoder(), z));
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    Tensor codes = noise.trace().within("prior over codes", () -> prior.sample(noise));
    Tensor rows = codes.reshape(-1, codebook.codes());
    return latents(rows.matmul(codebook.vectors(noise.trace())));
  }
}
