package io.github.jvae.backend;

import java.util.Locale;

/** What an optimizer remembers of a variable: numbers of the variable's shape, at first 0. */
public enum OptimizerSlot {
  /** The running mean of the gradient. */
  FIRST_MOMENT,
  /** The running mean of the squared gradient. */
  SECOND_MOMENT,
  /** The largest size of the gradient, of which old ones fade. */
  LARGEST_GRADIENT,
  /** The sum of the gradients, of which old ones fade. */
  VELOCITY,
  /** The running mean of the variable itself. */
  AVERAGE;

  /** Returns its name in files, such as {@code first_moment}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
