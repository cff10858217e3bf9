package io.github.jvae.nd4j.optimizer;

import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.support.VanishingMoments;
import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.Parts;
import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.nd4j.kernel.Workers;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Moves variables by an optimizer's rule, tile by tile in Java. */
public final class OptimizerUpdate {
  /** What PyTorch adds to the norm. */
  private static final double MARGIN = 1e-6;

  private final Optimizer optimizer;
  private final UpdateRule rule;
  private final float[] beside;
  private long steps;

  /**
   * A variable to be updated.
   *
   * @param value its numbers
   * @param gradients whose weighted sum is their gradient, at least one
   * @param remembered what the optimizer keeps of it
   */
  public record Target(
      FloatBuffer value, List<FloatBuffer> gradients, SlotTiles.Remembered remembered) {}

  public OptimizerUpdate(Optimizer optimizer) {
    this.optimizer = optimizer;
    this.rule = optimizer.match(new UpdateRules());
    List<OptimizerSlot> slots = optimizer.slots();
    this.beside = new float[slots.size()];
    for (int i = 0; i < beside.length; i++) {
      beside[i] = VanishingMoments.beside(slots.get(i));
    }
  }

  public long steps() {
    return steps;
  }

  public void continueFrom(long step) {
    steps = step;
  }

  /**
   * The targets of a replay, with what updates them.
   *
   * @param weights of a target's gradients; they add up to 1
   */
  public Pass prepare(List<Target> targets, float[] weights, Workers workers) {
    return new Pass(targets, weights, workers);
  }

  /** Updates all targets. */
  public void step(double learningRate, Pass pass) {
    double scale = optimizer.clipNorm() == 0 ? 1 : clipping(pass);
    steps++;
    rule.begin(learningRate, steps);
    pass.run((float) scale);
  }

  private static void round(float[] numbers, float beside) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (numbers[i] + beside) - beside;
    }
  }

  private double clipping(Pass pass) {
    float[] gradient = new float[Tiles.SIZE];
    float[] other = new float[Tiles.SIZE];
    double squares = 0;
    for (Tile tile : pass.tiles) {
      squares += squares(gradient, pass.read(tile, gradient, other));
    }
    return Math.min(1, optimizer.clipNorm() / (Math.sqrt(squares) + MARGIN));
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

  /** Goes over the tiles of all targets, shared among threads. */
  public final class Pass {
    private final List<Tile> tiles = new ArrayList<>();
    private final float[] weights;
    private final Kernel kernel;
    private float scale;
    private boolean rounds;

    private Pass(List<Target> targets, float[] weights, Workers workers) {
      this.weights = weights.clone();
      for (Target target : targets) {
        for (int tile = 0; tile < target.remembered().count(); tile++) {
          tiles.add(new Tile(target, tile));
        }
      }
      int size = tiles.size() * Tiles.SIZE;
      this.kernel = Parts.of(workers, size, Tiles.SIZE, (from, to, room) -> {
        List<Tile> part = List.copyOf(tiles.subList(from / Tiles.SIZE, to / Tiles.SIZE));
        return () -> update(part, room.tile(0), room.tile(1), room.tile(2));
      });
    }

    private void run(float newScale) {
      scale = newScale;
      rounds = VanishingMoments.isDue(steps);
      kernel.run();
    }

    /** Reads the gradient of a tile; how many numbers that are. */
    private int read(Tile tile, float[] gradient, float[] other) {
      int from = tile.index * Tiles.SIZE;
      int count = Math.min(Tiles.SIZE, tile.target.value().capacity() - from);
      List<FloatBuffer> gradients = tile.target.gradients();
      gradients.get(0).get(from, gradient, 0, count);
      if (weights.length > 1) {
        scale(gradient, weights[0], count);
      }
      for (int i = 1; i < weights.length; i++) {
        gradients.get(i).get(from, other, 0, count);
        UpdateRule.add(gradient, other, weights[i], count);
      }
      return count;
    }

    private void update(List<Tile> part, float[] value, float[] gradient, float[] other) {
      for (int i = 0; i < part.size(); i++) {
        update(part.get(i), value, gradient, other);
      }
    }

    private void update(Tile tile, float[] value, float[] gradient, float[] other) {
      float[][] slots = tile.target.remembered().tile(tile.index);
      if (rounds) {
        for (int i = 0; i < slots.length; i++) {
          round(slots[i], beside[i]);
        }
      }
      int count = read(tile, gradient, other);
      if (scale != 1) {
        scale(gradient, scale, count);
      }
      int from = tile.index * Tiles.SIZE;
      tile.target.value().get(from, value, 0, count);
      rule.move(value, gradient, slots, count);
      tile.target.value().put(from, value, 0, count);
    }
  }

  /** One tile of a target. */
  private record Tile(Target target, int index) {}
}
