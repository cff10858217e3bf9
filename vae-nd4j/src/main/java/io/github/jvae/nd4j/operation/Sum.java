package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.TileFunctions;
import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.nd4j.memory.Memory;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Sums over the middle axis of [outer, count, inner], into [outer, inner]. */
public final class Sum extends Operation {
  private static final int FEW_NUMBERS = 32;

  private final Shape view;

  private Sum(Value operand, Shape view) {
    super(List.of(operand), List.of(Value.of(Shape.of(view.dimension(0), view.dimension(2)))));
    this.view = view;
  }

  /** Sums over some axes, rising; the result is without them. */
  public static Value record(Recording recording, Value value, int... axes) {
    Shape result = value.shape().reduce(axes, false);
    boolean adjacent = axes[axes.length - 1] - axes[0] == axes.length - 1;
    Value operand = adjacent ? value : Transposition.last(recording, value, axes);
    int first = adjacent ? axes[0] : value.shape().rank() - axes.length;
    Shape shape = operand.shape();
    Shape view = Shape.of(
        shape.subShape(0, first).size(),
        shape.subShape(first, first + axes.length).size(),
        shape.subShape(first + axes.length, shape.rank()).size());
    Value sum = recording.add(new Sum(operand.reshape(view), view));
    return sum.reshape(result);
  }

  @Override
  protected void differentiate(Gradients gradients) {
    Value gradient = gradients.require(result());
    Shape kept = Shape.of(view.dimension(0), 1, view.dimension(2));
    gradients.add(
        operand(0), () -> Stretch.record(gradients.recording(), gradient.reshape(kept), view));
  }

  @Override
  public Kernel prepare(Placement placement) {
    Memory from = placement.memory(operand(0));
    Memory to = placement.memory(result());
    return view.dimension(2) == 1
        ? () -> sumRows(from.floats(), to.floats(), placement.tiles())
        : new Columns(view, from.floats(), to.floats(), placement.tiles());
  }

  private void sumRows(FloatBuffer from, FloatBuffer to, Tiles tiles) {
    int count = view.dimension(1);
    float[] tile = tiles.tile(0);
    float[][] rooms = {tiles.tile(1), tiles.tile(2)};
    for (int row = 0; row < view.dimension(0); row++) {
      double sum = 0;
      for (int done = 0; done < count; done += Tiles.SIZE) {
        int length = Math.min(Tiles.SIZE, count - done);
        from.get(row * count + done, tile, 0, length);
        sum += sum(tile, 0, length, rooms);
      }
      to.put(row, (float) sum);
    }
  }

  /**
   * The sum of some numbers of a tile. Halves are added to each other, which the JVM makes vector
   * instructions of and which rounds little, as each number is added to few others; then the rest
   * is added up in double precision.
   *
   * @param rooms where halves go, by turns; neither is {@code tile}
   */
  static double sum(float[] tile, int from, int length, float[][] rooms) {
    float[] numbers = tile;
    int begin = from;
    int count = length;
    int turn = 0;
    while (count > FEW_NUMBERS) {
      int half = (count + 1) / 2;
      float[] room = rooms[turn++ % 2];
      addHalves(numbers, begin, half, count - half, room);
      if (count % 2 == 1) {
        room[half - 1] = numbers[begin + half - 1];
      }
      numbers = room;
      begin = 0;
      count = half;
    }
    double sum = 0;
    for (int i = begin; i < begin + count; i++) {
      sum += numbers[i];
    }
    return sum;
  }

  private static void addHalves(float[] numbers, int begin, int half, int count, float[] room) {
    for (int i = 0; i < count; i++) {
      room[i] = numbers[begin + i] + numbers[begin + half + i];
    }
  }

  /**
   * Sums of columns. So many rows as fill a tile are added to it as one long row; a few long rows
   * in single precision, those sums in double.
   */
  private static final class Columns implements Kernel {
    private static final int FEW = 32;

    private final Shape view;
    private final FloatBuffer from;
    private final FloatBuffer to;
    private final float[] tile;
    private final float[] few;
    private final double[] all;

    Columns(Shape view, FloatBuffer from, FloatBuffer to, Tiles tiles) {
      this.view = view;
      this.from = from;
      this.to = to;
      this.tile = tiles.tile(0);
      this.few = tiles.tile(1);
      this.all = new double[Tiles.SIZE];
    }

    @Override
    public void run() {
      int inner = view.dimension(2);
      for (int outer = 0; outer < view.dimension(0); outer++) {
        for (int column = 0; column < inner; column += Tiles.SIZE) {
          sum(outer, column, Math.min(Tiles.SIZE, inner - column));
        }
      }
    }

    /** Sums {@code width} columns. */
    private void sum(int outer, int column, int width) {
      int rows = view.dimension(1);
      int inner = view.dimension(2);
      int together = width == inner ? Tiles.SIZE / inner : 1;
      int begin = outer * rows * inner + column;
      Arrays.fill(all, 0, together * width, 0);
      Arrays.fill(few, 0, together * width, 0);
      int added = 0;
      for (int row = 0; row < rows; row += together) {
        int length = Math.min(together, rows - row) * width;
        from.get(begin + row * inner, tile, 0, length);
        TileFunctions.add(few, tile, few, length);
        if (++added % FEW == 0) {
          carry(together * width);
        }
      }
      carry(together * width);
      for (int i = 0; i < width; i++) {
        double sum = 0;
        for (int part = i; part < together * width; part += width) {
          sum += all[part];
        }
        to.put(outer * inner + column + i, (float) sum);
      }
    }

    private void carry(int length) {
      for (int i = 0; i < length; i++) {
        all[i] += few[i];
        few[i] = 0;
      }
    }
  }
}
