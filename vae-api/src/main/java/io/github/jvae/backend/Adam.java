package io.github.jvae.backend;

import java.util.List;

/**
 * The optimizer of Kingma and Ba, "Adam: a method for stochastic optimization", 2015: {@code θ ← θ
 * - lr · m̂ / (√v̂ + ε)} with {@code m̂ = m / (1 - β₁ᵗ)} and {@code v̂ = v / (1 - β₂ᵗ)}.
 *
 * @param beta1 decay of the running mean of the gradient
 * @param beta2 decay of the running mean of its square
 * @param epsilon what keeps the quotient finite
 * @param limits what is done about gradients that are too great
 */
public record Adam(double beta1, double beta2, double epsilon, GradientLimits limits)
    implements Optimizer {
  /** The name users choose it by. */
  public static final String NAME = "adam";

  /** What Adam remembers: {@code m} and {@code v}. */
  static final List<OptimizerSlot> SLOTS =
      List.of(OptimizerSlot.FIRST_MOMENT, OptimizerSlot.SECOND_MOMENT);

  /** @throws io.github.jvae.error.VaeException if a number is out of range */
  public Adam {
    OptimizerNumbers.requireMoments("Adam", beta1, beta2, epsilon);
  }

  /** Returns PyTorch's defaults: 0.9, 0.999, 1e-8, no limits. */
  public static Adam defaults() {
    return new Adam(0.9, 0.999, 1e-8, GradientLimits.none());
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.adam(this);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<OptimizerSlot> slots() {
    return SLOTS;
  }

  @Override
  public Adam withLimits(GradientLimits other) {
    return new Adam(beta1, beta2, epsilon, other);
  }
}
