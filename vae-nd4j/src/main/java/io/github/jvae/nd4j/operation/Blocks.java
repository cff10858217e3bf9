package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Takes a slice along an axis, or puts parts side by side along one: copies of blocks.
 *
 * @param count how many blocks there are
 * @param length numbers in a block
 * @param fromStride from one block's beginning to the next, where they are read
 * @param toStride the same where they are written
 */
public record Blocks(int count, int length, int fromStride, int toStride) {

  /** Blocks that agree with a part of {@code whole} of some extent along an axis. */
  private static Blocks of(Shape whole, int axis, int extent, boolean gathered) {
    int inner = whole.subShape(axis + 1, whole.rank()).size();
    int large = whole.dimension(axis) * inner;
    int small = extent * inner;
    int count = whole.subShape(0, axis).size();
    return gathered
        ? new Blocks(count, small, large, small)
        : new Blocks(count, small, small, large);
  }

  private void copy(FloatBuffer from, int fromStart, FloatBuffer to, int toStart) {
    for (int i = 0; i < count; i++) {
      to.put(toStart + i * toStride, from, fromStart + i * fromStride, length);
    }
  }

  /** Records positions {@code begin} to {@code begin + extent} along an axis. */
  public static Value slice(Recording recording, Value value, int axis, int begin, int extent) {
    return recording.add(new Slice(value, axis, begin, extent));
  }

  /** Records values side by side. */
  public static Value concat(Recording recording, List<Value> parts, int axis, Shape result) {
    return recording.add(new Concat(parts, axis, result));
  }

  private static int start(Shape whole, int axis, int begin) {
    return begin * whole.subShape(axis + 1, whole.rank()).size();
  }

  private static final class Slice extends Operation {
    private final int axis;
    private final int begin;

    Slice(Value value, int axis, int begin, int extent) {
      super(List.of(value), List.of(Value.of(value.shape().with(axis, extent))));
      this.axis = axis;
      this.begin = begin;
    }

    @Override
    protected void differentiate(Gradients gradients) {
      gradients.add(
          operand(0),
          () -> gradients
              .recording()
              .add(new Spread(gradients.require(result()), operand(0).shape(), axis, begin)));
    }

    @Override
    public Kernel prepare(Placement placement) {
      Shape whole = operand(0).shape();
      Blocks blocks = Blocks.of(whole, axis, result().shape().dimension(axis), true);
      FloatBuffer from = placement.memory(operand(0)).floats();
      FloatBuffer to = placement.memory(result()).floats();
      return () -> blocks.copy(from, start(whole, axis, begin), to, 0);
    }
  }

  /** The gradient of a slice: zero around it. */
  private static final class Spread extends Operation {
    private final int axis;
    private final int begin;

    Spread(Value gradient, Shape whole, int axis, int begin) {
      super(List.of(gradient), List.of(Value.of(whole)));
      this.axis = axis;
      this.begin = begin;
    }

    @Override
    protected void differentiate(Gradients gradients) {
      throw new IllegalStateException("a gradient is not differentiated again");
    }

    @Override
    public Kernel prepare(Placement placement) {
      Shape whole = result().shape();
      Blocks blocks = Blocks.of(whole, axis, operand(0).shape().dimension(axis), false);
      FloatBuffer from = placement.memory(operand(0)).floats();
      FloatBuffer to = placement.memory(result()).floats();
      float[] zeros = new float[Tiles.SIZE];
      return () -> {
        for (int i = 0; i < whole.size(); i += Tiles.SIZE) {
          to.put(i, zeros, 0, Math.min(Tiles.SIZE, whole.size() - i));
        }
        blocks.copy(from, 0, to, start(whole, axis, begin));
      };
    }
  }

  private static final class Concat extends Operation {
    private final int axis;

    Concat(List<Value> parts, int axis, Shape result) {
      super(parts, List.of(Value.of(result)));
      this.axis = axis;
    }

    @Override
    protected void differentiate(Gradients gradients) {
      int begin = 0;
      for (Value part : operands()) {
        int from = begin;
        int extent = part.shape().dimension(axis);
        gradients.add(
            part,
            () -> slice(gradients.recording(), gradients.require(result()), axis, from, extent));
        begin += extent;
      }
    }

    @Override
    public Kernel prepare(Placement placement) {
      FloatBuffer to = placement.memory(result()).floats();
      List<FloatBuffer> from =
          operands().stream().map(part -> placement.memory(part).floats()).toList();
      return () -> {
        int begin = 0;
        for (int i = 0; i < from.size(); i++) {
          int extent = operand(i).shape().dimension(axis);
          Blocks.of(result().shape(), axis, extent, false)
              .copy(from.get(i), 0, to, start(result().shape(), axis, begin));
          begin += extent;
        }
      };
    }
  }
}
