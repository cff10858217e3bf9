package io.github.jvae.backend;

import java.util.List;

/**
 * The variant of Adam with an infinity norm, section 7.1 of Kingma and Ba, "Adam: a method for
 * stochastic optimization", 2015: {@code u ← max(β₂ · u, |g| + ε)} and {@code θ ← θ - lr / (1 -
 * β₁ᵗ) · m / u}.
 *
 * @param beta1 decay of the running mean {@code m} of the gradient
 * @param beta2 decay of the largest gradient {@code u}
 * @param epsilon what keeps the quotient finite
 * @param weightDecay {@code λ}, at least 0 and below 1: {@code λ · θ} is added to the gradient
 * @param limits what is done about gradients that are too great
 */
public record Adamax(
    double beta1, double beta2, double epsilon, double weightDecay, GradientLimits limits)
    implements Optimizer {
  /** The name users choose it by. */
  public static final String NAME = "adamax";

  /** @throws io.github.jvae.error.VaeException if a number is out of range */
  public Adamax {
    OptimizerNumbers.requireMoments("Adamax", beta1, beta2, epsilon);
    OptimizerNumbers.requireWeightDecay("Adamax", weightDecay);
  }

  /** Returns PyTorch's defaults: 0.9, 0.999, 1e-8, no weight decay, no limits. */
  public static Adamax defaults() {
    return new Adamax(0.9, 0.999, 1e-8, 0, GradientLimits.none());
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.adamax(this);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<OptimizerSlot> slots() {
    return List.of(OptimizerSlot.FIRST_MOMENT, OptimizerSlot.LARGEST_GRADIENT);
  }

  @Override
  public Adamax withLimits(GradientLimits other) {
    return new Adamax(beta1, beta2, epsilon, weightDecay, other);
  }
}
