package io.github.jvae.quantized;

/** Distributions over codes, as users choose them. */
enum CodePriorKind {
  /** All codes alike likely: a code then costs log K nats. */
  UNIFORM,
  /** A learned probability of each code at each place. */
  CATEGORICAL,
  /** Each code given those before it, by a masked network. */
  AUTOREGRESSIVE;

  /**
   * Returns the distribution.
   *
   * @param groups codes of an example
   * @param codes that each may be
   * @param hidden units of the network, if it has one
   */
  CodePrior of(int groups, int codes, int hidden) {
    return this == AUTOREGRESSIVE
        ? new AutoregressiveCodes(groups, codes, hidden)
        : new IndependentCodes(groups, codes, this == CATEGORICAL);
  }
}
