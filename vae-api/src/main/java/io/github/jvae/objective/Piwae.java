package io.github.jvae.objective;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.PosteriorDraws;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Tensor;
import java.util.Map;

/**
 * Partially importance-weighted training (Rainforth et al., "Tighter variational bounds are not
 * necessarily better", 2018): of M sets of K draws, the encoder follows the gradient of
 * {@link Miwae}'s bound, which a tight bound would drown in noise, and decoder and prior that of
 * {@link Iwae}'s bound of all M · K draws. The loss that is told is the latter's.
 *
 * <p>Within one pass backwards the encoder's gradient is the decoder's with another factor for each
 * draw, at z and at log q(z|x). It has to be known when z is decoded for that pass, so each draw is
 * decoded once before, without gradients.
 */
final class Piwae extends MultipleDraws {
  /** The name in configurations. */
  public static final String NAME = "piwae";

  /**
   * What a draw counts for the decoder at least, as the encoder's gradient is a multiple of it: too
   * little to change a sum of single precision.
   */
  private static final double LEAST_SHARE = 1e-18;

  private final int sets;

  /**
   * Makes the objective.
   *
   * @param sets of draws of each example, M, at least 1
   * @param draws of each set, K, at least 1
   */
  public Piwae(int sets, int draws) {
    super(NAME, Math.multiplyExact(sets, draws), Iwae.NAME, Miwae.NAME);
    this.sets = sets;
  }

  /**
   * Returns the objective that the options describe.
   *
   * @throws VaeException if the model has several latent groups
   */
  public static Piwae of(Options options, ModelContext context) {
    Model.require(context.component(Kind.MODEL), "objective " + NAME);
    return new Piwae(SETS.in(options), DRAWS.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {SETS, DRAWS};
  }

  @Override
  Loss evaluate(LatentModel model, Inputs in, Tensor noise) {
    Model standard = Model.require(model, "objective " + NAME);
    PosteriorDraws draws = standard.draws(in, noise);
    WeightedDraws drawn = weighted(standard.bound(draws, DivergenceForm.SAMPLED));
    Tensor all = drawn.logWeights();
    Tensor ofDecoder = WeightedDraws.shares(all).maximum(LEAST_SHARE);
    Tensor ofEncoder = WeightedDraws.shares(all.reshape(in.size(), sets, draws() / sets))
        .reshape(in.size(), draws())
        .divide(sets);
    PosteriorDraws scaled = scaled(draws, ofEncoder.divide(ofDecoder));
    Tensor logWeights = weighted(standard.bound(scaled, DivergenceForm.SAMPLED)).logWeights();
    Tensor bound = WeightedDraws.logMean(all);
    Map<String, Tensor> terms = ElboTerms.of(model, drawn.means());
    terms.put(Iwae.NAME, bound);
    terms.put(Miwae.NAME, Miwae.mean(all, draws() / sets));
    Tensor gradient = logWeights.multiply(ofDecoder).sum(1).mean();
    return new Loss(GradientScale.valued(bound.mean(), gradient).negate(), terms);
  }

  /** The draws again, with a factor for the encoder's gradients through them. */
  private static PosteriorDraws scaled(PosteriorDraws draws, Tensor factor) {
    Tensor each = factor.reshape(-1);
    Tensor z = GradientScale.scaled(draws.z(), factor.reshape(-1, 1));
    return draws.with(new Draw(z, () -> GradientScale.scaled(draws.draw().logProb(), each)));
  }
}
