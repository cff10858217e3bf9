package io.github.jvae.nd4j.optimizer;

import io.github.jvae.backend.Sgd;

/** Gradient descent as PyTorch has it, with and without momentum. */
final class SgdRule implements UpdateRule {
  private final Sgd sgd;
  private final float momentum;
  private float rate;

  SgdRule(Sgd sgd) {
    this.sgd = sgd;
    this.momentum = (float) sgd.momentum();
  }

  @Override
  public void begin(double learningRate, long step) {
    rate = (float) learningRate;
  }

  @Override
  public void move(float[] value, float[] gradient, float[][] slots, int count) {
    UpdateRule.add(gradient, value, (float) sgd.weightDecay(), count);
    if (momentum == 0) {
      descend(value, gradient, rate, count);
      return;
    }
    UpdateRule.blend(slots[0], gradient, momentum, 1, count);
    if (sgd.nesterov()) {
      UpdateRule.add(gradient, slots[0], momentum, count);
      descend(value, gradient, rate, count);
    } else {
      descend(value, slots[0], rate, count);
    }
  }

  private static void descend(float[] value, float[] direction, float rate, int count) {
    for (int i = 0; i < count; i++) {
      value[i] -= rate * direction[i];
    }
  }
}
