package io.github.jvae.objective;

import io.github.jvae.error.Range;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Tensor;

/**
 * The combination {@code β · ELBO + (1 - β) · IWAE} of two bounds on the same K draws (Rainforth et
 * al., "Tighter variational bounds are not necessarily better", 2018): with β = 1 it is the ELBO,
 * with β = 0 the bound of {@link Iwae}.
 */
final class Ciwae extends WeightedBound {
  /** The name in configurations, and of the bound. */
  public static final String NAME = "ciwae";

  private static final OptionDescription<Double> BETA = OptionDescription.of(
      "beta", OptionType.number(Range.from(0, 1)), 0.5, "The share of the ELBO in the bound.");

  private final double beta;

  /**
   * Makes the objective.
   *
   * @param draws of each example, K, at least 1
   * @param beta the share of the ELBO, from 0 to 1
   */
  public Ciwae(int draws, double beta) {
    super(NAME, draws);
    this.beta = beta;
  }

  /** Returns the bound that the options describe. */
  public static Ciwae of(Options options, ModelContext context) {
    return new Ciwae(DRAWS.in(options), BETA.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {DRAWS, BETA};
  }

  @Override
  Tensor of(Tensor logWeights) {
    return logWeights
        .mean(1)
        .multiply(beta)
        .add(WeightedDraws.logMean(logWeights).multiply(1 - beta));
  }
}
