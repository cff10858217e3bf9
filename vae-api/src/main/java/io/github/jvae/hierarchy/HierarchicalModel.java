package io.github.jvae.hierarchy;

import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.Component;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Encoded;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.KnownLatents;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Model;
import io.github.jvae.model.PosteriorDraws;
import io.github.jvae.model.PriorNoise;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two levels of latent variables of one extent: {@code p(z2) p(z1|z2) p(x|z1,z2)}, inferred as
 * {@code q(z2|x) q(z1|x,z2)} (Tomczak and Welling, "VAE with a VampPrior", 2018, section 4). The
 * upper level has any prior and posterior, the lower one diagonal Gaussians. In the latent vector
 * the upper level comes first, as it is drawn first.
 */
final class HierarchicalModel implements LatentModel {
  /** The name in configurations. */
  static final String NAME = "hvae";

  /** The upper group, and the condition by which the networks of the lower level see it. */
  static final String UPPER = "z2";

  /** The lower group. */
  static final String LOWER = "z1";

  private final Model upper;
  private final Encoder encoder;
  private final GaussianNetwork between;

  /**
   * Joins the levels.
   *
   * @param upper of the upper level; its decoder takes the lower level, and the upper one as the
   *     condition {@value #UPPER}
   * @param encoder {@code q(z1|x,z2)}, diagonal Gaussians; it takes z2 as that condition
   * @param between the network of {@code p(z1|z2)}
   */
  HierarchicalModel(Model upper, Encoder encoder, GaussianNetwork between) {
    this.upper = upper;
    this.encoder = encoder;
    this.between = between;
  }

  @Override
  public List<Component> components() {
    return List.of(
        upper.encoder(), encoder, between, upper.decoder(), upper.prior(), upper.likelihood());
  }

  @Override
  public List<LatentGroup> groups() {
    return List.of(new LatentGroup(UPPER, upper.latent()), new LatentGroup(LOWER, upper.latent()));
  }

  @Override
  public Likelihood likelihood() {
    return upper.likelihood();
  }

  @Override
  public boolean sharesWork() {
    return upper.sharesWork();
  }

  @Override
  public int noiseSize() {
    return upper.noiseSize() + upper.latent();
  }

  @Override
  public int priorNoiseSize() {
    return upper.priorNoiseSize() + upper.latent();
  }

  @Override
  public List<PriorNoise> priorNoise() {
    int latent = upper.latent();
    return List.of(
        new PriorNoise(UPPER, upper.priorNoiseSize(), upper.prior().scaledNoise(latent)),
        new PriorNoise(LOWER, latent, latent));
  }

  @Override
  public BoundTerms bound(Inputs in, Tensor noise, DivergenceForm form) {
    PosteriorDraws top = upper.draws(in, first(noise, upper.noiseSize()));
    Inputs each = top.in();
    Conditions known = each.conditions().with(UPPER, top.z());
    DiagonalGaussian posterior = lowerPosterior(each, known);
    Draw lower = posterior.draw(rest(noise, upper.noiseSize()));
    DiagonalGaussian prior = between.of(top.z());
    Map<String, Tensor> divergences = new LinkedHashMap<>();
    divergences.put(UPPER, top.kl(form));
    divergences.put(
        LOWER,
        form == DivergenceForm.CLOSED_FORM
            ? posterior.divergenceFrom(prior).sum(1)
            : lower.logProb().subtract(prior.logProb(lower.z())));
    return new BoundTerms(logLikelihood(each, upper.decode(lower.z(), known)), divergences);
  }

  private DiagonalGaussian lowerPosterior(Inputs in, Conditions known) {
    return (DiagonalGaussian) encoder.encode(new Inputs(in.x(), known));
  }

  /** The lower level is that of the posterior mean of the upper one. */
  @Override
  public Encoded encode(Inputs in) {
    Encoded top = upper.encode(in);
    DiagonalGaussian lower = lowerPosterior(in, in.conditions().with(UPPER, top.mean()));
    return new Encoded(
        top.mean().concat(1, lower.mean()),
        top.logVariance().map(variance -> variance.concat(1, lower.logVariance())),
        top.divergence().map(kl -> kl.concat(1, lower.divergenceFrom(between.of(top.mean())))));
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    Tensor top = first(z, upper.latent());
    return upper.decode(rest(z, upper.latent()), conditions.with(UPPER, top));
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    int count = upper.priorNoiseSize();
    Tensor top = upper.sample(first(noise, count), conditions);
    return top.concat(1, between.of(top).draw(rest(noise, count)).z());
  }

  @Override
  public Tensor complete(KnownLatents known, Tensor noise, Conditions conditions) {
    int count = upper.priorNoiseSize();
    Tensor top = known.over(upper.sample(first(noise, count), conditions), 0);
    Tensor lower = between.of(top).draw(rest(noise, count)).z();
    return top.concat(1, known.over(lower, upper.latent()));
  }

  private static Tensor first(Tensor both, int count) {
    return both.slice(1, 0, count);
  }

  private static Tensor rest(Tensor both, int count) {
    return both.slice(1, count, both.shape().dimension(1));
  }
}
