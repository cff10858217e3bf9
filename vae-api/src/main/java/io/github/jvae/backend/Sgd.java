package io.github.jvae.backend;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import java.util.List;

/**
 * Stochastic gradient descent: {@code b ← μ · b + g} and {@code θ ← θ - lr · b}, or, in Nesterov's
 * form, {@code θ ← θ - lr · (g + μ · b)}.
 *
 * @param momentum {@code μ}, at least 0 and below 1; with 0 nothing is remembered
 * @param nesterov whether the momentum is Nesterov's, of which there must be some
 * @param weightDecay {@code λ}, at least 0 and below 1: {@code λ · θ} is added to the gradient
 * @param limits what is done about gradients that are too great
 */
public record Sgd(double momentum, boolean nesterov, double weightDecay, GradientLimits limits)
    implements Optimizer {
  /** The name users choose it by. */
  public static final String NAME = "sgd";

  /** @throws VaeException if a number is out of range, or Nesterov's form has no momentum */
  public Sgd {
    OptimizerNumbers.requireMomentum("SGD", momentum);
    OptimizerNumbers.requireWeightDecay("SGD", weightDecay);
    if (nesterov && momentum == 0) {
      throw new ConfigurationException(
          "SGD: Nesterov's form needs a momentum; give one, such as 0.9");
    }
  }

  /** Returns PyTorch's defaults: no momentum, no weight decay, no limits. */
  public static Sgd defaults() {
    return new Sgd(0, false, 0, GradientLimits.none());
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.sgd(this);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<OptimizerSlot> slots() {
    return momentum == 0 ? List.of() : List.of(OptimizerSlot.VELOCITY);
  }

  @Override
  public Sgd withLimits(GradientLimits other) {
    return new Sgd(momentum, nesterov, weightDecay, other);
  }
}
