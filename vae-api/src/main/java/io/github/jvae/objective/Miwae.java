package io.github.jvae.objective;

import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Tensor;

/**
 * The mean of the bounds of M sets of K draws (Rainforth et al., "Tighter variational bounds are
 * not necessarily better", 2018): {@code 1/M Σ_m log 1/K Σ_k w_mk}. With one set it is the bound of
 * {@link Iwae}, with sets of one draw the ELBO.
 */
final class Miwae extends WeightedBound {
  /** The name in configurations, and of the bound. */
  public static final String NAME = "miwae";

  private final int ofSet;

  /**
   * Makes the objective.
   *
   * @param sets of draws of each example, M, at least 1
   * @param draws of each set, K, at least 1
   */
  public Miwae(int sets, int draws) {
    super(NAME, Math.multiplyExact(sets, draws));
    this.ofSet = draws;
  }

  /** Returns the bound that the options describe. */
  public static Miwae of(Options options, ModelContext context) {
    return new Miwae(SETS.in(options), DRAWS.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {SETS, DRAWS};
  }

  @Override
  Tensor of(Tensor logWeights) {
    return mean(logWeights, ofSet);
  }

  /** Returns the mean over sets, of so many draws each, of the bounds of each set, [B]. */
  static Tensor mean(Tensor logWeights, int ofSet) {
    Tensor sets = logWeights.reshape(logWeights.shape().dimension(0), -1, ofSet);
    return WeightedDraws.logMean(sets).mean(1);
  }
}
