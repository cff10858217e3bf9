package io.github.jvae.backend;

import io.github.jvae.error.VaeException;

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

  /** @throws VaeException if a number is out of range */
  public Adam {
    require(beta1 >= 0 && beta1 < 1, "beta1 must be in [0, 1), not " + beta1);
    require(beta2 >= 0 && beta2 < 1, "beta2 must be in [0, 1), not " + beta2);
    require(epsilon > 0 && epsilon < 1, "epsilon must be in (0, 1), not " + epsilon);
    require(
        clipNorm >= 0 && clipNorm < Double.POSITIVE_INFINITY,
        "the gradient norm's limit must be above 0 (or 0 for none), not " + clipNorm);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new VaeException("Adam: " + message);
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
