package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.Component;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Encoded;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Model;
import io.github.jvae.model.Posterior;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A hierarchy {@code p(z2) p(z1|z2) p(x|z1)} with {@code q(z1|x) q(z2|z1)}: the parts of a standard
 * model are those of its lower level, and its prior is that of the upper one.
 */
public record TwoLevelModel(Model lower, int upper, TwoLevels levels) implements LatentModel {
  public TwoLevelModel(Model lower, int upper) {
    this(lower, upper, new TwoLevels(lower.latent(), upper));
  }

  @Override
  public List<Component> components() {
    return Stream.concat(lower.components().stream(), Stream.of(levels)).toList();
  }

  @Override
  public List<LatentGroup> groups() {
    return List.of(new LatentGroup("z1", lower.latent()), new LatentGroup("z2", upper));
  }

  @Override
  public Likelihood likelihood() {
    return lower.likelihood();
  }

  private Tensor first(Tensor both) {
    return both.slice(1, 0, lower.latent());
  }

  private Tensor second(Tensor both) {
    return both.slice(1, lower.latent(), lower.latent() + upper);
  }

  @Override
  public BoundTerms bound(Inputs in, Tensor noise, DivergenceForm form) {
    Inputs each = in.repeat(noise.shape().dimension(0) / in.size());
    Draw z1 = lower.draw(lower.posterior(each), first(noise));
    DiagonalGaussian posterior = levels.up().of(z1.z());
    Draw z2 = posterior.draw(second(noise));
    Conditions conditions = each.conditions();
    Tensor below = levels.down().of(z2.z()).logProb(z1.z());
    Map<String, Tensor> divergences = new LinkedHashMap<>();
    divergences.put("z1", z1.logProb().subtract(below));
    divergences.put(
        "z2",
        form == DivergenceForm.CLOSED_FORM
            ? lower.kl(posterior, z2, conditions)
            : z2.logProb().subtract(lower.logPrior(z2.z(), conditions)));
    return new BoundTerms(logLikelihood(each, lower.decode(z1.z(), conditions)), divergences);
  }

  @Override
  public Encoded encode(Inputs in) {
    Posterior posterior = lower.posterior(in);
    Tensor upperMean = levels.up().of(posterior.mean()).mean();
    return new Encoded(posterior.mean().concat(1, upperMean), Optional.empty(), Optional.empty());
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    return lower.decode(first(z), conditions);
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    Tensor z2 = lower.sample(second(noise), conditions);
    return levels.down().of(z2).draw(first(noise)).z().concat(1, z2);
  }
}
