package io.github.jvae.nd4j.optimizer;

import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.support.Layout;
import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.nd4j.memory.Nd4jVariables;
import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an optimizer remembers of each variable, in the layout the variable is stored in and in
 * tiles: to move it into arrays and back would take as long as the rest.
 */
public final class SlotTiles {
  private final Nd4jVariables variables;
  private final List<OptimizerSlot> slots;
  private final IdentityHashMap<StoredVariable, Remembered> all = new IdentityHashMap<>();

  public SlotTiles(Nd4jVariables variables, List<OptimizerSlot> slots) {
    this.variables = variables;
    this.slots = slots;
  }

  /** What is remembered of one variable. */
  static final class Remembered {
    private final float[][][] tiles;
    private final int size;
    private Layout layout;

    Remembered(Shape shape, int slots) {
      size = shape.size();
      layout = Layout.portable(shape);
      tiles = new float[(size + Tiles.SIZE - 1) / Tiles.SIZE][][];
      for (int i = 0; i < tiles.length; i++) {
        tiles[i] = new float[slots][Math.min(Tiles.SIZE, size - i * Tiles.SIZE)];
      }
    }

    /** Returns how many tiles there are, also where nothing is remembered. */
    int count() {
      return tiles.length;
    }

    /** Returns a tile of each slot. */
    float[][] tile(int index) {
      return tiles[index];
    }

    private float[] numbers(int slot) {
      float[] numbers = new float[size];
      for (int i = 0; i < tiles.length; i++) {
        float[] tile = tiles[i][slot];
        System.arraycopy(tile, 0, numbers, i * Tiles.SIZE, tile.length);
      }
      return numbers;
    }

    private void fill(int slot, float[] numbers) {
      for (int i = 0; i < tiles.length; i++) {
        float[] tile = tiles[i][slot];
        System.arraycopy(numbers, i * Tiles.SIZE, tile, 0, tile.length);
      }
    }

    /** Puts the numbers into another order, as the variable's were since these were restored. */
    private void layOut(Layout wanted, int slots) {
      if (!layout.equals(wanted)) {
        for (int slot = 0; slot < slots; slot++) {
          fill(slot, wanted.toStored(layout.toPortable(numbers(slot))));
        }
        layout = wanted;
      }
    }
  }

  /** Returns what is remembered of a variable; 0 when it is first asked for. */
  public Remembered of(StoredVariable variable) {
    Remembered remembered =
        all.computeIfAbsent(variable, v -> new Remembered(v.shape(), slots.size()));
    remembered.layOut(variable.layout(), slots.size());
    return remembered;
  }

  /** Returns all slots by variable, in the portable layout; copies. */
  public Map<OptimizerSlot, Map<String, HostTensor>> read() {
    Map<OptimizerSlot, Map<String, HostTensor>> result = new LinkedHashMap<>();
    for (int slot = 0; slot < slots.size(); slot++) {
      Map<String, HostTensor> values = new LinkedHashMap<>();
      for (String name : variables.names()) {
        values.put(name, read(variables.require(name), slot));
      }
      result.put(slots.get(slot), values);
    }
    return result;
  }

  private HostTensor read(StoredVariable variable, int slot) {
    float[] numbers = of(variable).numbers(slot);
    return HostTensor.of(variable.shape(), variable.layout().toPortable(numbers));
  }

  /** Sets all slots. */
  public void write(Map<OptimizerSlot, Map<String, HostTensor>> state) {
    state.forEach((slot, values) -> values.forEach(
        (name, value) -> write(variables.require(name), slots.indexOf(slot), value)));
  }

  private void write(StoredVariable variable, int slot, HostTensor value) {
    of(variable).fill(slot, variable.layout().toStored(value.data()));
  }
}
