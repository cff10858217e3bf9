package io.github.jvae.objective;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.PosteriorDraws;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Tensor;
import java.util.Map;

/**
 * The bound of {@link Iwae} with doubly reparameterised gradients (Tucker et al., "Doubly
 * reparameterized gradient estimators for Monte Carlo objectives", 2019). With the share s_k of
 * each weight in the sum of all K, decoder and prior follow IWAE's gradient {@code Σ_k s_k ∇ log
 * w_k}, and the encoder follows {@code Σ_k s_k² ∂log w_k/∂z_k ∇z_k}, in which log q(z|x) depends on
 * z alone: the same in expectation, with less variance.
 *
 * <p>Within one pass backwards the encoder's share is the factor by which gradients through z are
 * scaled. It has to be known when z is decoded for that pass, so each draw is decoded once before,
 * without gradients.
 */
final class Dreg extends MultipleDraws {
  /** The name in configurations. */
  public static final String NAME = "dreg";

  /** @param draws of each example, K, at least 1 */
  public Dreg(int draws) {
    super(NAME, draws, Iwae.NAME);
  }

  /**
   * Returns the objective of as many draws as the options say.
   *
   * @throws VaeException if the model has several latent groups
   */
  public static Dreg of(Options options, ModelContext context) {
    Model.require(context.component(Kind.MODEL), "objective " + NAME);
    return new Dreg(DRAWS.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {DRAWS};
  }

  @Override
  Loss evaluate(LatentModel model, Inputs in, Tensor noise) {
    Model standard = Model.require(model, "objective " + NAME);
    PosteriorDraws draws = standard.draws(in, noise);
    WeightedDraws drawn = weighted(standard.bound(draws, DivergenceForm.SAMPLED));
    Tensor shares = WeightedDraws.shares(drawn.logWeights());
    Tensor logWeights =
        weighted(standard.bound(scaled(draws, shares), DivergenceForm.SAMPLED)).logWeights();
    Tensor bound = WeightedDraws.logMean(drawn.logWeights());
    Map<String, Tensor> terms = ElboTerms.of(model, drawn.means());
    terms.put(Iwae.NAME, bound);
    Tensor gradient = logWeights.multiply(shares).sum(1).mean();
    return new Loss(GradientScale.valued(bound.mean(), gradient).negate(), terms);
  }

  /** The draws again, with the encoder's share in gradients through them, and q held fixed. */
  private static PosteriorDraws scaled(PosteriorDraws draws, Tensor shares) {
    Posterior fixed = draws
        .posterior()
        .detached()
        .orElseThrow(() -> new ConfigurationException("objective " + NAME
            + " needs log q(z|x) of any z, but this posterior knows that of its own draws only;"
            + " take posterior diagonal-gaussian, or objective " + Iwae.NAME));
    Tensor z = GradientScale.scaled(draws.z(), shares.reshape(-1, 1));
    return draws.with(new Draw(z, () -> fixed.logProb(z)));
  }
}
