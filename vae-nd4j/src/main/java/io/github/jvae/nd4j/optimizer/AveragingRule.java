package io.github.jvae.nd4j.optimizer;

import io.github.jvae.backend.Averaging;

/** Moves variables by another rule, and their averages, which are in the last slot, after them. */
final class AveragingRule implements UpdateRule {
  private final UpdateRule base;
  private final float take;
  private final int slot;

  AveragingRule(Averaging averaging, UpdateRule base) {
    this.base = base;
    this.take = averaging.take();
    this.slot = averaging.slots().size() - 1;
  }

  @Override
  public void begin(double learningRate, long step) {
    base.begin(learningRate, step);
  }

  @Override
  public void move(float[] value, float[] gradient, float[][] slots, int count) {
    base.move(value, gradient, slots, count);
    follow(slots[slot], value, take, count);
  }

  private static void follow(float[] average, float[] value, float take, int count) {
    for (int i = 0; i < count; i++) {
      average[i] += take * (value[i] - average[i]);
    }
  }
}
