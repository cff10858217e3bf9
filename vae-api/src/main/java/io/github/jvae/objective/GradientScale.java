package io.github.jvae.objective;

import io.github.jvae.tensor.Tensor;

/** Numbers and the gradients that pass through them, one apart from the other. */
final class GradientScale {
  private GradientScale() {}

  /**
   * Returns the same numbers, the gradient through which is multiplied by a factor. So what a
   * latent vector's encoder learns may count differently from what its decoder does.
   *
   * @param factor broadcasts to the numbers; no gradient passes through it
   */
  static Tensor scaled(Tensor numbers, Tensor factor) {
    Tensor fixed = numbers.stopGradient();
    return fixed.add(numbers.subtract(fixed).multiply(factor.stopGradient()));
  }

  /** Returns a number with the gradient of another. */
  static Tensor valued(Tensor value, Tensor gradient) {
    return value.stopGradient().add(gradient.subtract(gradient.stopGradient()));
  }
}
