package io.github.jvae.nd4j;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.support.VanishingMoments;
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
   * @param gradients whose weighted sum is their gradient, at least one
   * @param moment what is remembered of it
   */
  record Target(FloatBuffer value, List<FloatBuffer> gradients, Moments.Moment moment) {}

  AdamUpdate(Adam adam) {
    this.adam = adam;
  }

  long steps() {
    return steps;
  }

  void continueFrom(long step) {
    steps = step;
  }

  /**
   * The targets of a replay, with what updates them.
   *
   * @param weights of a target's gradients; they add up to 1
   */
  Pass prepare(List<Target> targets, float[] weights, Workers workers) {
    return new Pass(targets, weights, workers);
  }

  /** Updates all targets. */
  void step(double learningRate, Pass pass) {
    double scale = adam.clipNorm() == 0 ? 1 : clipping(pass);
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

  private double clipping(Pass pass) {
    float[] gradient = new float[Tiles.SIZE];
    float[] other = new float[Tiles.SIZE];
    double squares = 0;
    for (Tile tile : pass.tiles) {
      squares += squares(gradient, pass.read(tile, gradient, other));
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

  private static void add(float[] g, float[] other, float weight, int count) {
    for (int i = 0; i < count; i++) {
      g[i] += weight * other[i];
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
    private final List<Tile> tiles = new ArrayList<>();
    private final float[] weights;
    private final Kernel kernel;
    private float scale;
    private float rate;
    private float epsilon;
    private boolean rounds;

    private Pass(List<Target> targets, float[] weights, Workers workers) {
      this.weights = weights.clone();
      for (Target target : targets) {
        for (int tile = 0; tile < target.moment().first().length; tile++) {
          tiles.add(new Tile(target, tile));
        }
      }
      int size = tiles.size() * Tiles.SIZE;
      this.kernel = Parts.of(workers, size, Tiles.SIZE, (from, to, room) -> {
        List<Tile> part = List.copyOf(tiles.subList(from / Tiles.SIZE, to / Tiles.SIZE));
        return () -> update(part, room.tile(0), room.tile(1), room.tile(2));
      });
    }

    private void run(float newScale, float newRate, float newEpsilon) {
      scale = newScale;
      rate = newRate;
      epsilon = newEpsilon;
      rounds = VanishingMoments.isDue(steps);
      kernel.run();
    }

    /** Reads the gradient of a tile; how many numbers that are. */
    private int read(Tile tile, float[] gradient, float[] other) {
      int from = tile.index * Tiles.SIZE;
      int count = tile.target.moment().first()[tile.index].length;
      List<FloatBuffer> gradients = tile.target.gradients();
      gradients.get(0).get(from, gradient, 0, count);
      if (weights.length > 1) {
        scale(gradient, weights[0], count);
      }
      for (int i = 1; i < weights.length; i++) {
        gradients.get(i).get(from, other, 0, count);
        add(gradient, other, weights[i], count);
      }
      return count;
    }

    private void update(List<Tile> part, float[] value, float[] gradient, float[] other) {
      for (int i = 0; i < part.size(); i++) {
        update(part.get(i), value, gradient, other);
      }
    }

    private void update(Tile tile, float[] value, float[] gradient, float[] other) {
      float[] first = tile.target.moment().first()[tile.index];
      float[] second = tile.target.moment().second()[tile.index];
      if (rounds) {
        round(first, VanishingMoments.FIRST);
        round(second, VanishingMoments.SECOND);
      }
      int count = read(tile, gradient, other);
      if (scale != 1) {
        scale(gradient, scale, count);
      }
      decay(first, gradient, (float) adam.beta1(), (float) (1 - adam.beta1()), count);
      decaySquares(second, gradient, (float) adam.beta2(), (float) (1 - adam.beta2()), count);
      int from = tile.index * Tiles.SIZE;
      tile.target.value().get(from, value, 0, count);
      move(value, first, second, rate, epsilon, count);
      tile.target.value().put(from, value, 0, count);
    }
  }

  /** One tile of a target. */
  private record Tile(Target target, int index) {}
}
