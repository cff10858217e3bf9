package io.github.jvae.objective;

import io.github.jvae.error.Range;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Tensor;

/**
 * The variational Rényi bound (Li and Turner, "Rényi divergence variational inference", 2016) of K
 * draws: {@code 1/(1-α) log 1/K Σ_k w_k^(1-α)}. With α = 0 it is the bound of {@link Iwae}, with α
 * = 1, its limit there, the ELBO; from 0 on it bounds log p(x) from below, and below 0 it does not.
 */
final class Renyi extends WeightedBound {
  /** The name in configurations, and of the bound. */
  public static final String NAME = "renyi";

  private static final OptionDescription<Double> ALPHA = OptionDescription.of(
      "alpha",
      OptionType.number(Range.from(0, 1000)),
      0.5,
      "The order of the divergence: 0 gives the importance-weighted bound, 1 the ELBO.");

  private final double alpha;

  /**
   * Makes the objective.
   *
   * @param draws of each example, K, at least 1
   * @param alpha the order of the divergence, at least 0
   */
  public Renyi(int draws, double alpha) {
    super(NAME, draws);
    this.alpha = alpha;
  }

  /** Returns the bound that the options describe. */
  public static Renyi of(Options options, ModelContext context) {
    return new Renyi(DRAWS.in(options), ALPHA.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {DRAWS, ALPHA};
  }

  @Override
  Tensor of(Tensor logWeights) {
    if (alpha == 1) {
      return logWeights.mean(1);
    }
    double power = 1 - alpha;
    // About the weight of the greatest power, whose share is 1, so that the mean stays far from 0;
    // by expm1 and log1p as close to α = 1 the powers hardly differ from 1.
    Tensor pivot = pivot(logWeights).stopGradient();
    return logWeights
        .subtract(pivot)
        .multiply(power)
        .expm1()
        .mean(1)
        .log1p()
        .divide(power)
        .add(pivot.reshape(-1));
  }

  private Tensor pivot(Tensor logWeights) {
    return alpha < 1
        ? logWeights.reduce(Reduction.MAX, true, 1)
        : logWeights.negate().reduce(Reduction.MAX, true, 1).negate();
  }
}
