package io.github.jvae.nd4j.optimizer;

import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.support.VanishingMoments;
import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.Parts;
import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.nd4j.kernel.Workers;
import io.github.jvae.nd4j.memory.StoredVariable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Moves variables by an optimizer's rule, tile by tile in Java. */
public final class OptimizerUpdate {
  private final Optimizer optimizer;
  private final UpdateRule rule;
  private final TileMemory memory;
  private final float[] beside;

  /**
   * A variable to be updated.
   *
   * @param variable the variable
   * @param gradients whose weighted sum is its gradient, at least one
   */
  public record Target(StoredVariable variable, List<FloatBuffer> gradients) {}

  /** @param memory what the optimizer remembers */
  public OptimizerUpdate(Optimizer optimizer, TileMemory memory) {
    this.optimizer = optimizer;
    this.memory = memory;
    this.rule = optimizer.match(new UpdateRules());
    List<OptimizerSlot> slots = optimizer.slots();
    this.beside = new float[slots.size()];
    for (int i = 0; i < beside.length; i++) {
      beside[i] = VanishingMoments.beside(slots.get(i));
    }
  }

  /**
   * Returns what updates some targets.
   *
   * @param weights of a target's gradients; they add up to 1
   */
  public Pass prepare(List<Target> targets, float[] weights, Workers workers) {
    return new Pass(targets, weights, workers);
  }

  /** Updates all targets, unless the step is skipped. */
  public void step(double learningRate, Pass pass) {
    GradientLimits limits = optimizer.limits();
    double norm = limits.needNorm() ? norm(pass) : 0;
    if (memory.countStep(norm)) {
      rule.begin(learningRate, memory.steps());
      pass.run((float) limits.scale(norm));
    }
  }

  private static void round(float[] numbers, float beside) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (numbers[i] + beside) - beside;
    }
  }

  private static double norm(Pass pass) {
    float[] gradient = new float[Tiles.SIZE];
    float[] other = new float[Tiles.SIZE];
    double squares = 0;
    for (Tile tile : pass.tiles) {
      pass.read(tile, gradient, other);
      squares += squares(gradient, tile.count);
    }
    return Math.sqrt(squares);
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
      targets.forEach(this::addTiles);
      int size = tiles.size() * Tiles.SIZE;
      this.kernel = Parts.of(workers, size, Tiles.SIZE, (from, to, room) -> {
        List<Tile> part = List.copyOf(tiles.subList(from / Tiles.SIZE, to / Tiles.SIZE));
        return () -> update(part, room.tile(0), room.tile(1), room.tile(2));
      });
    }

    private void addTiles(Target target) {
      FloatBuffer value = target.variable().memory().floats();
      Collection<SlotTiles> slots = memory.of(target.variable()).values();
      for (int i = 0; i * Tiles.SIZE < value.capacity(); i++) {
        int index = i;
        float[][] tile = slots.stream().map(slot -> slot.tile(index)).toArray(float[][]::new);
        int from = i * Tiles.SIZE;
        int count = Math.min(Tiles.SIZE, value.capacity() - from);
        tiles.add(new Tile(value, target.gradients(), tile, from, count));
      }
    }

    private void run(float newScale) {
      scale = newScale;
      rounds = VanishingMoments.isDue(memory.steps());
      kernel.run();
    }

    /** Reads the gradient of a tile. */
    private void read(Tile tile, float[] gradient, float[] other) {
      tile.gradients.get(0).get(tile.from, gradient, 0, tile.count);
      if (weights.length > 1) {
        scale(gradient, weights[0], tile.count);
      }
      for (int i = 1; i < weights.length; i++) {
        tile.gradients.get(i).get(tile.from, other, 0, tile.count);
        UpdateRule.add(gradient, other, weights[i], tile.count);
      }
    }

    private void update(List<Tile> part, float[] value, float[] gradient, float[] other) {
      for (int i = 0; i < part.size(); i++) {
        update(part.get(i), value, gradient, other);
      }
    }

    private void update(Tile tile, float[] value, float[] gradient, float[] other) {
      float[][] slots = tile.slots;
      if (rounds) {
        for (int i = 0; i < slots.length; i++) {
          round(slots[i], beside[i]);
        }
      }
      read(tile, gradient, other);
      if (scale != 1) {
        scale(gradient, scale, tile.count);
      }
      tile.value.get(tile.from, value, 0, tile.count);
      rule.move(value, gradient, slots, tile.count);
      tile.value.put(tile.from, value, 0, tile.count);
    }
  }

  /** Some numbers of a target: where they are, where they begin and how many there are. */
  private static final class Tile {
    private final FloatBuffer value;
    private final List<FloatBuffer> gradients;
    private final float[][] slots;
    private final int from;
    private final int count;

    Tile(FloatBuffer value, List<FloatBuffer> gradients, float[][] slots, int from, int count) {
      this.value = value;
      this.gradients = gradients;
      this.slots = slots;
      this.from = from;
      this.count = count;
    }
  }
}
