package io.github.jvae.nd4j.kernel;

import io.github.jvae.nd4j.memory.Memory;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** In what order an element-wise operation meets the numbers of an operand. */
public interface Access {

  /** Makes what reads the numbers. */
  Reader reader(Memory memory);

  /** Reads an operand. */
  interface Reader {
    /** Before the first read of a run. */
    default void begin() {}

    /** Reads the numbers that meet elements {@code from} to {@code from + count} of the result. */
    void read(int from, int count, float[] tile);
  }

  /** Whether each number is met once and at its own place. */
  default boolean isDirect() {
    return false;
  }

  /** Each number at its own place. */
  Access DIRECT = new Access() {
    @Override
    public Reader reader(Memory memory) {
      FloatBuffer numbers = memory.floats();
      return (from, count, tile) -> numbers.get(from, tile, 0, count);
    }

    @Override
    public boolean isDirect() {
      return true;
    }
  };

  /** An operand stretched to a shape. */
  static Access broadcast(Shape operand, Shape result) {
    if (operand.size() == result.size()) {
      return DIRECT;
    }
    int trailing = 1;
    int axis = 1;
    while (axis <= operand.rank() && operand.dimension(-axis) == result.dimension(-axis)) {
      trailing *= operand.dimension(-axis);
      axis++;
    }
    if (trailing == operand.size()) {
      return memory -> new Periodic(memory);
    }
    if (operand.rank() == result.rank() && leading(operand, result) * trailing == operand.size()) {
      int length = trailing;
      int times = result.size() / operand.size();
      return memory -> length == 1
          ? new Repeated(memory.floats(), times)
          : new RepeatedRows(memory.floats(), length, times);
    }
    int[] positions = Positions.broadcast(operand, result);
    return memory -> gather(memory, positions);
  }

  /** How many numbers the first axes that are the same have together. */
  private static int leading(Shape operand, Shape result) {
    int axis = 0;
    while (axis < operand.rank() && operand.dimension(axis) == result.dimension(axis)) {
      axis++;
    }
    return operand.subShape(0, axis).size();
  }

  /** The operand with its axes in another order. */
  static Access transpose(Shape operand, int[] order) {
    int last = operand.rank() - 1;
    int channels = operand.dimension(order[last]);
    if (movesOneLast(order) && channels <= Interleaved.FEW) {
      int pixels = operand.subShape(order[last] + 1, operand.rank()).size();
      return memory -> new Interleaved(memory, channels, pixels);
    }
    return gather(Positions.transpose(operand, order));
  }

  /** Whether one axis goes behind all that follow it, and no other moves. */
  private static boolean movesOneLast(int[] order) {
    int moved = order[order.length - 1];
    for (int i = 0; i < order.length - 1; i++) {
      if (order[i] != (i < moved ? i : i + 1)) {
        return false;
      }
    }
    return true;
  }

  /** The operand's numbers in any order. */
  static Access gather(int... positions) {
    return memory -> gather(memory, positions);
  }

  private static Reader gather(Memory memory, int[] positions) {
    FloatBuffer numbers = memory.floats();
    return (from, count, tile) -> {
      for (int i = 0; i < count; i++) {
        tile[i] = numbers.get(positions[from + i]);
      }
    };
  }

  /** The whole operand again and again. */
  final class Periodic implements Reader {
    private final FloatBuffer numbers;
    private final int period;
    private final float[] repeated;

    Periodic(Memory memory) {
      numbers = memory.floats();
      period = memory.size();
      repeated = new float[period + Tiles.SIZE];
    }

    @Override
    public void begin() {
      numbers.get(0, repeated, 0, period);
      if (period == 1) {
        Arrays.fill(repeated, repeated[0]);
        return;
      }
      for (int done = period; done < repeated.length; done *= 2) {
        System.arraycopy(repeated, 0, repeated, done, Math.min(done, repeated.length - done));
      }
    }

    @Override
    public void read(int from, int count, float[] tile) {
      System.arraycopy(repeated, from % period, tile, 0, count);
    }
  }

  /** Each number several times before the next. */
  record Repeated(FloatBuffer numbers, int times) implements Reader {
    @Override
    public void read(int from, int count, float[] tile) {
      int done = 0;
      while (done < count) {
        int number = (from + done) / times;
        int end = Math.min(count, (number + 1) * times - from);
        Arrays.fill(tile, done, end, numbers.get(number));
        done = end;
      }
    }
  }

  /** Each row of numbers several times before the next. */
  record RepeatedRows(FloatBuffer numbers, int length, int times) implements Reader {
    @Override
    public void read(int from, int count, float[] tile) {
      int done = 0;
      while (done < count) {
        int row = (from + done) / length;
        int within = (from + done) % length;
        int part = Math.min(length - within, count - done);
        numbers.get(row / times * length + within, tile, done, part);
        done += part;
      }
    }
  }

  /** The pixels of a few channels, channel by channel, met pixel by pixel. */
  final class Interleaved implements Reader {
    static final int FEW = 8;

    private final FloatBuffer numbers;
    private final int channels;
    private final int pixels;
    private final float[] run = new float[Tiles.SIZE];

    Interleaved(Memory memory, int channels, int pixels) {
      this.numbers = memory.floats();
      this.channels = channels;
      this.pixels = pixels;
    }

    @Override
    public void read(int from, int count, float[] tile) {
      for (int channel = 0; channel < channels; channel++) {
        int place = Math.floorMod(channel - from, channels);
        while (place < count) {
          int pixel = (from + place) / channels;
          int within = pixel % pixels;
          int wanted = (count - place + channels - 1) / channels;
          int length = Math.min(wanted, pixels - within);
          int image = pixel / pixels;
          numbers.get((image * channels + channel) * pixels + within, run, 0, length);
          for (int i = 0; i < length; i++) {
            tile[place + i * channels] = run[i];
          }
          place += length * channels;
        }
      }
    }
  }
}
