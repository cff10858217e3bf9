package io.github.jvae.nd4j;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.VanishingMoments;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam as PyTorch has it, tile by tile in Java: ND4J's own takes four times as long, and ten times
 * where gradients are tiny.
 */
final class AdamUpdate {
  /** What PyTorch adds to the norm. */
  private static final double MARGIN = 1e-6;

  private final Adam adam;
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

  /** The targets of a replay, with what updates them. */
  Pass prepare(List<Target> targets, Placement placement) {
    return new Pass(targets, placement);
  }

  /** Updates all targets. */
  void step(double learningRate, Pass pass) {
    double scale = adam.clipNorm() == 0 ? 1 : clipping(pass.targets);
    steps++;
    double root = Math.sqrt(1 - Math.pow(adam.beta2(), (double) steps));
    double rate = learningRate * root / (1 - Math.pow(adam.beta1(), (double) steps));
    pass.run((float) scale, (float) rate, (float) (adam.epsilon() * root));
  }

  private static void round(float[] moment, float beside) {
    for (int i = 0; i < moment.length; i++) {
      moment[i] = (moment[i] + beside) - beside;
    }
  }

  private double clipping(List<Target> targets) {
    float[] gradient = new float[Tiles.SIZE];
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

  /** Goes over the tiles of all targets, shared among threads. */
  final class Pass {
    private final List<Target> targets;
    private final Kernel kernel;
    private float scale;
    private float rate;
    private float epsilon;
    private boolean rounds;

    private Pass(List<Target> targets, Placement placement) {
      this.targets = targets;
      List<Tile> all = new ArrayList<>();
      for (Target target : targets) {
        for (int tile = 0; tile < target.moment().first().length; tile++) {
          all.add(new Tile(target, tile));
        }
      }
      this.kernel = Parts.of(placement, all.size() * Tiles.SIZE, Tiles.SIZE, (from, to, tiles) -> {
        List<Tile> part = List.copyOf(all.subList(from / Tiles.SIZE, to / Tiles.SIZE));
        return () -> update(part, tiles.tile(0), tiles.tile(1));
      });
    }

    private void run(float newScale, float newRate, float newEpsilon) {
      scale = newScale;
      rate = newRate;
      epsilon = newEpsilon;
      rounds = VanishingMoments.isDue(steps);
      kernel.run();
    }

    private void update(List<Tile> tiles, float[] value, float[] gradient) {
      for (int i = 0; i < tiles.size(); i++) {
        update(tiles.get(i), value, gradient);
      }
    }

    private void update(Tile tile, float[] value, float[] gradient) {
      float[] first = tile.target.moment().first()[tile.index];
      float[] second = tile.target.moment().second()[tile.index];
      if (rounds) {
        round(first, VanishingMoments.FIRST);
        round(second, VanishingMoments.SECOND);
      }
      int from = tile.index * Tiles.SIZE;
      int count = first.length;
      tile.target.gradient().get(from, gradient, 0, count);
      if (scale != 1) {
        scale(gradient, scale, count);
      }
      decay(first, gradient, (float) adam.beta1(), (float) (1 - adam.beta1()), count);
      decaySquares(second, gradient, (float) adam.beta2(), (float) (1 - adam.beta2()), count);
      tile.target.value().get(from, value, 0, count);
      move(value, first, second, rate, epsilon, count);
      tile.target.value().put(from, value, 0, count);
    }
  }

  /** One tile of a target. */
  private record Tile(Target target, int index) {}
}
