package io.github.jvae.model;

import java.util.List;
import java.util.Locale;

/** Activation functions of network layers. */
public enum Activation implements Nonlinearity {
  /** {@code max(x, 0)}. */
  RELU,
  /** The hyperbolic tangent. */
  TANH,
  /** {@code 1 / (1 + e^-x)}. */
  SIGMOID,
  /** {@code log(1 + e^x)}. */
  SOFTPLUS,
  /** {@code x} above 0, {@code 0.01 x} below. */
  LEAKY_RELU,
  /** {@code x} above 0, {@code e^x - 1} below. */
  ELU,
  /** {@code x Φ(x)} with the exact normal distribution function, not its tanh approximation. */
  GELU,
  /** {@code x / (1 + e^-x)}, also called swish. */
  SILU;

  /** The slope of {@link #LEAKY_RELU} below 0. */
  public static final double LEAKY_SLOPE = 0.01;

  @Override
  public List<Layer> after(Layer.Weighted layer) {
    return List.of(layer, new Layer.Activate(this));
  }

  /** The name in configurations, such as {@code leaky_relu}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
