package io.github.jvae.objective;

import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Tensor;

/**
 * The importance-weighted bound of K draws (Burda, Grosse and Salakhutdinov, "Importance weighted
 * autoencoders", 2016): {@code log p(x) ≥ E log 1/K Σ_k w_k}, with the weights {@code w = p(x, z) /
 * q(z|x)}. It rises with K towards log p(x); with one draw it is the ELBO.
 */
public final class Iwae extends WeightedBound {
  /** The name in configurations, and of the bound. */
  public static final String NAME = "iwae";

  /** @param draws of each example, K, at least 1 */
  public Iwae(int draws) {
    super(NAME, draws);
  }

  /** Returns the bound of as many draws as the options say. */
  public static Iwae of(Options options, ModelContext context) {
    return new Iwae(DRAWS.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {DRAWS};
  }

  @Override
  Tensor of(Tensor logWeights) {
    return WeightedDraws.logMean(logWeights);
  }
}
