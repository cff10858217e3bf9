package io.github.jvae.nd4j;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.VanishingMoments;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Adam as PyTorch has it, tile by tile in Java: ND4J's own takes four times as long, and ten times
 * where gradients are tiny.
 */
final class AdamUpdate {
  /** What PyTorch adds to the norm. */
  private static final double MARGIN = 1e-6;

  private final Adam adam;
  private final float[] value = new float[Tiles.SIZE];
  private final float[] gradient = new float[Tiles.SIZE];
  private long steps;

  /**
   * A variable to be updated.
   *
   * @param value its numbers
   * @param gradient their gradient
   * @param moment what is remembered of it
   */
  record Target(FloatBuffer value, FloatBuffer gradient, Moments.Moment moment) {}

  AdamUpdate(Adam adam) {
    this.adam = adam;
  }

  long steps() {
    return steps;
  }

  void continueFrom(long step) {
    steps = step;
  }

  /** Updates all variables. */
  void step(double learningRate, List<Target> targets) {
    float scale = adam.clipNorm() == 0 ? 1 : (float) clipping(targets);
    steps++;
    double root = Math.sqrt(1 - Math.pow(adam.beta2(), (double) steps));
    double rate = learningRate * root / (1 - Math.pow(adam.beta1(), (double) steps));
    float epsilon = (float) (adam.epsilon() * root);
    boolean rounds = VanishingMoments.isDue(steps);
    for (Target target : targets) {
      if (rounds) {
        round(target.moment().first(), VanishingMoments.FIRST);
        round(target.moment().second(), VanishingMoments.SECOND);
      }
      update(target, scale, (float) rate, epsilon);
    }
  }

  private static void round(float[][] moment, float beside) {
    for (float[] tile : moment) {
      for (int i = 0; i < tile.length; i++) {
        tile[i] = (tile[i] + beside) - beside;
      }
    }
  }

  private double clipping(List<Target> targets) {
    double squares = 0;
    for (Target target : targets) {
      for (int from = 0; from < target.gradient().capacity(); from += Tiles.SIZE) {
        int count = Math.min(Tiles.SIZE, target.gradient().capacity() - from);
        target.gradient().get(from, gradient, 0, count);
        squares += squares(gradient, count);
      }
    }
    return Math.min(1, adam.clipNorm() / (Math.sqrt(squares) + MARGIN));
  }

  private static double squares(float[] numbers, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) numbers[i] * numbers[i];
    }
    return sum;
  }

  private void update(Target target, float scale, float rate, float epsilon) {
    float[][] first = target.moment().first();
    float[][] second = target.moment().second();
    for (int tile = 0; tile < first.length; tile++) {
      int from = tile * Tiles.SIZE;
      int count = first[tile].length;
      target.gradient().get(from, gradient, 0, count);
      if (scale != 1) {
        scale(gradient, scale, count);
      }
      decay(first[tile], gradient, (float) adam.beta1(), (float) (1 - adam.beta1()), count);
      decaySquares(second[tile], gradient, (float) adam.beta2(), (float) (1 - adam.beta2()), count);
      target.value().get(from, value, 0, count);
      move(value, first[tile], second[tile], rate, epsilon, count);
      target.value().put(from, value, 0, count);
    }
  }

  private static void scale(float[] g, float factor, int count) {
    for (int i = 0; i < count; i++) {
      g[i] *= factor;
    }
  }

  private static void decay(float[] m, float[] g, float keep, float take, int count) {
    for (int i = 0; i < count; i++) {
      m[i] = keep * m[i] + take * g[i];
    }
  }

  private static void decaySquares(float[] v, float[] g, float keep, float take, int count) {
    for (int i = 0; i < count; i++) {
      v[i] = keep * v[i] + take * (g[i] * g[i]);
    }
  }

  /** With the corrections of the first steps taken into the rate and into epsilon. */
  private static void move(
      float[] value, float[] m, float[] v, float rate, float epsilon, int count) {
    for (int i = 0; i < count; i++) {
      value[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }
}
