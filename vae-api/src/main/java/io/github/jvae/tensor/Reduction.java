package io.github.jvae.tensor;

/** Ways to reduce a tensor over some of its axes. */
public enum Reduction {
  /** The sum. */
  SUM,
  /** The arithmetic mean. */
  MEAN,
  /** The greatest; where several are equal, how the gradient is shared is up to the engine. */
  MAX,
  /** {@code log Σ e^x}, shifted by the greatest so that it does not overflow. */
  LOG_SUM_EXP
}
