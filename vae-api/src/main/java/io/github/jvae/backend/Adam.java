package io.github.jvae.backend;

import io.github.jvae.error.Range;

/**
 * The optimizer of Kingma and Ba, "Adam: a method for stochastic optimization", 2015, in the form
 * of PyTorch on every engine (rule R8): {@code θ ← θ - lr · m̂ / (√v̂ + ε)} with {@code m̂ = m / (1
 * - β₁ᵗ)} and {@code v̂ = v / (1 - β₂ᵗ)}.
 *
 * @param beta1 decay of the running mean of the gradient
 * @param beta2 decay of the running mean of its square
 * @param epsilon what keeps the quotient finite
 * @param clipNorm the greatest L2 norm of all gradients together, to which greater ones are scaled
 *     down by {@code clipNorm / (norm + 1e-6)} as PyTorch does; 0 for no limit
 */
public record Adam(double beta1, double beta2, double epsilon, double clipNorm) {
  /** What limits the gradient norm may have, where it has one. */
  public static final Range LIMITS = Range.above(0);

  private static final Range DECAYS = Range.fromToBelow(0, 1);
  private static final Range EPSILONS = Range.between(0, 1);

  /** @throws io.github.jvae.error.VaeException if a number is out of range */
  public Adam {
    DECAYS.require("Adam: beta1", beta1);
    DECAYS.require("Adam: beta2", beta2);
    EPSILONS.require("Adam: epsilon", epsilon);
    if (clipNorm != 0) {
      LIMITS.require("Adam: the gradient norm's limit, unless it is 0 for none,", clipNorm);
    }
  }

  /** PyTorch's defaults: 0.9, 0.999, 1e-8, no limit. */
  public static Adam defaults() {
    return new Adam(0.9, 0.999, 1e-8, 0);
  }

  /** The same with another limit of the gradient norm. */
  public Adam withClipNorm(double limit) {
    return new Adam(beta1, beta2, epsilon, limit);
  }
}
