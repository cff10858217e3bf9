package io.github.jvae.nd4j.optimizer;

import io.github.jvae.backend.support.Layout;
import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;

/**
 * A slot of a variable, in the layout the variable is stored in and in tiles: to move it into
 * arrays and back would take as long as the rest.
 */
public final class SlotTiles {
  private final Shape shape;
  private final float[][] tiles;
  private Layout layout;

  SlotTiles(Shape shape) {
    this.shape = shape;
    this.layout = Layout.portable(shape);
    this.tiles = new float[(shape.size() + Tiles.SIZE - 1) / Tiles.SIZE][];
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = new float[Math.min(Tiles.SIZE, shape.size() - i * Tiles.SIZE)];
    }
  }

  /** Returns a tile, whose numbers are changed in place. */
  float[] tile(int index) {
    return tiles[index];
  }

  /** Returns the numbers, in the portable layout; a copy. */
  HostTensor read() {
    float[] numbers = new float[shape.size()];
    for (int i = 0; i < tiles.length; i++) {
      System.arraycopy(tiles[i], 0, numbers, i * Tiles.SIZE, tiles[i].length);
    }
    return HostTensor.of(shape, layout.toPortable(numbers));
  }

  /** Sets the numbers, from the portable layout. */
  void write(HostTensor value) {
    float[] numbers = layout.toStored(value.data());
    for (int i = 0; i < tiles.length; i++) {
      System.arraycopy(numbers, i * Tiles.SIZE, tiles[i], 0, tiles[i].length);
    }
  }

  /** Puts the numbers into another order, as the variable's were since these were restored. */
  void layOut(Layout wanted) {
    if (!layout.equals(wanted)) {
      HostTensor value = read();
      layout = wanted;
      write(value);
    }
  }
}
