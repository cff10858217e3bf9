package io.github.jvae.nd4j;

import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.support.Layout;
import io.github.jvae.tensor.HostTensor;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an optimizer remembers of each variable, in the layout the variable is stored in and in
 * tiles: to move it into arrays and back would take as long as the rest.
 */
final class SlotTiles {
  private final Nd4jVariables variables;
  private final List<OptimizerSlot> slots;
  private final IdentityHashMap<StoredVariable, Stored> tiles = new IdentityHashMap<>();

  SlotTiles(Nd4jVariables variables, List<OptimizerSlot> slots) {
    this.variables = variables;
    this.slots = slots;
  }

  /** The tiles of a variable and the layout they are in. */
  private record Stored(float[][][] tiles, Layout layout) {}

  /** Returns the tiles of a variable, each by slot; 0 when they are first asked for. */
  float[][][] of(StoredVariable variable) {
    Stored stored =
        tiles.computeIfAbsent(variable, v -> new Stored(zeros(v.shape().size()), v.layout()));
    if (!stored.layout().equals(variable.layout())) {
      layOut(stored, variable.layout());
      tiles.put(variable, new Stored(stored.tiles(), variable.layout()));
    }
    return stored.tiles();
  }

  /** Puts the numbers into another order, as the variable's were since these were restored. */
  private void layOut(Stored stored, Layout wanted) {
    for (int slot = 0; slot < slots.size(); slot++) {
      float[] numbers = stored.layout().toPortable(numbers(stored.tiles(), slot));
      fill(stored.tiles(), slot, wanted.toStored(numbers));
    }
  }

  private static float[] numbers(float[][][] tiles, int slot) {
    int last = tiles.length - 1;
    float[] numbers = new float[last * Tiles.SIZE + tiles[last][slot].length];
    for (int i = 0; i < tiles.length; i++) {
      System.arraycopy(tiles[i][slot], 0, numbers, i * Tiles.SIZE, tiles[i][slot].length);
    }
    return numbers;
  }

  private static void fill(float[][][] tiles, int slot, float[] numbers) {
    for (int i = 0; i < tiles.length; i++) {
      System.arraycopy(numbers, i * Tiles.SIZE, tiles[i][slot], 0, tiles[i][slot].length);
    }
  }

  private float[][][] zeros(int size) {
    float[][][] zeros = new float[(size + Tiles.SIZE - 1) / Tiles.SIZE][][];
    for (int i = 0; i < zeros.length; i++) {
      zeros[i] = new float[slots.size()][Math.min(Tiles.SIZE, size - i * Tiles.SIZE)];
    }
    return zeros;
  }

  /** Returns all slots by variable, in the portable layout; copies. */
  Map<OptimizerSlot, Map<String, HostTensor>> read() {
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
    float[] numbers = numbers(of(variable), slot);
    return HostTensor.of(variable.shape(), variable.layout().toPortable(numbers));
  }

  /** Sets all slots. */
  void write(Map<OptimizerSlot, Map<String, HostTensor>> state) {
    state.forEach((slot, values) -> values.forEach(
        (name, value) -> write(variables.require(name), slots.indexOf(slot), value)));
  }

  private void write(StoredVariable variable, int slot, HostTensor value) {
    fill(of(variable), slot, variable.layout().toStored(value.data()));
  }
}
