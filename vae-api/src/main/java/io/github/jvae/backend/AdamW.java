package io.github.jvae.backend;

import java.util.List;

/**
 * Adam with the weight decay of Loshchilov and Hutter, "Decoupled weight decay regularization",
 * 2019: {@code θ ← (1 - lr · λ) · θ}, and then Adam's step.
 *
 * @param adam Adam's numbers
 * @param weightDecay {@code λ}, at least 0 and below 1
 */
public record AdamW(Adam adam, double weightDecay) implements Optimizer {
  /** The name users choose it by. */
  public static final String NAME = "adamw";

  /** @throws io.github.jvae.error.VaeException if a number is out of range */
  public AdamW {
    OptimizerNumbers.requireWeightDecay("AdamW", weightDecay);
  }

  /** Returns PyTorch's defaults: Adam's, and a weight decay of 0.01. */
  public static AdamW defaults() {
    return new AdamW(Adam.defaults(), 0.01);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.adamW(this);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<OptimizerSlot> slots() {
    return Adam.SLOTS;
  }

  @Override
  public GradientLimits limits() {
    return adam.limits();
  }

  @Override
  public AdamW withLimits(GradientLimits limits) {
    return new AdamW(adam.withLimits(limits), weightDecay);
  }
}
