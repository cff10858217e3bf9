package io.github.jvae.nd4j.optimizer;

import io.github.jvae.backend.Adamax;

/** Adamax as PyTorch has it. */
final class AdamaxRule implements UpdateRule {
  private final Adamax adamax;
  private float rate;

  AdamaxRule(Adamax adamax) {
    this.adamax = adamax;
  }

  @Override
  public void begin(double learningRate, long step) {
    rate = (float) (learningRate / (1 - Math.pow(adamax.beta1(), (double) step)));
  }

  @Override
  public void move(float[] value, float[] gradient, float[][] slots, int count) {
    UpdateRule.add(gradient, value, (float) adamax.weightDecay(), count);
    UpdateRule.blend(
        slots[0], gradient, (float) adamax.beta1(), (float) (1 - adamax.beta1()), count);
    largest(slots[1], gradient, (float) adamax.beta2(), (float) adamax.epsilon(), count);
    move(value, slots[0], slots[1], rate, count);
  }

  private static void largest(float[] u, float[] g, float keep, float epsilon, int count) {
    for (int i = 0; i < count; i++) {
      u[i] = Math.max(keep * u[i], Math.abs(g[i]) + epsilon);
    }
  }

  private static void move(float[] value, float[] m, float[] u, float rate, int count) {
    for (int i = 0; i < count; i++) {
      value[i] -= rate * m[i] / u[i];
    }
  }
}
