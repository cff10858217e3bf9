package io.github.jvae.tensor;

/**
 * Functions of one tensor, element by element. Each is implemented by every backend, so a new one
 * must earn its place.
 */
public enum UnaryOperation {
  /** {@code -x}. */
  NEGATE,
  /** {@code |x|}; the gradient at 0 is 0. */
  ABS,
  /** {@code e^x}. */
  EXP,
  /** {@code e^x - 1}, accurate near 0. */
  EXPM1,
  /** The natural logarithm. */
  LOG,
  /** {@code log(1 + x)}, accurate near 0. */
  LOG1P,
  /** The square root. */
  SQRT,
  /** {@code x²}. */
  SQUARE,
  /** The error function {@code 2/√π ∫₀ˣ e^(-t²) dt}. */
  ERF,
  /** {@code max(x, 0)}; the gradient at 0 is 0. */
  RELU,
  /** {@code 1 / (1 + e^-x)}. */
  SIGMOID,
  /** {@code log(1 / (1 + e^-x))}, finite wherever {@code x} is. */
  LOG_SIGMOID,
  /** {@code log(1 + e^x)}, finite wherever {@code x} is. */
  SOFTPLUS,
  /** The hyperbolic tangent. */
  TANH,
  /** {@code x}, but the gradient stops here. */
  STOP_GRADIENT
}
