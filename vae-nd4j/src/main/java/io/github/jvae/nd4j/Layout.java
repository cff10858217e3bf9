package io.github.jvae.nd4j;

import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How a variable is stored: its portable numbers seen as an array of some extents, whose axes are
 * then put in another order. Rows of a dense weight that follow the pixels of an image, say, are
 * seen as [channels, height, width] and stored as [height, width, channels].
 */
final class Layout {
  private final Shape portable;
  private final Shape stored;
  private final Shape view;
  private final int[] order;

  private Layout(Shape portable, Shape stored, Shape view, int[] order) {
    this.portable = portable;
    this.stored = stored;
    this.view = view;
    this.order = order;
  }

  /** The portable layout itself. */
  static Layout portable(Shape shape) {
    return new Layout(shape, shape, shape, IntStream.range(0, shape.rank()).toArray());
  }

  /**
   * @param portable the portable shape
   * @param stored the shape in the engine
   * @param view the portable numbers, under a shape whose axes can be put in order
   * @param order the axes of the view, in the order they are stored in
   */
  static Layout of(Shape portable, Shape stored, Shape view, int... order) {
    return new Layout(portable, stored, view, order.clone());
  }

  Shape stored() {
    return stored;
  }

  /** Whether this is a layout of variables of a portable shape. */
  boolean fits(Shape shape) {
    return portable.equals(shape);
  }

  private boolean isPortable() {
    return IntStream.range(0, order.length).allMatch(i -> order[i] == i);
  }

  /** The numbers as they are stored; the array itself where the layouts agree. */
  float[] toStored(float[] numbers) {
    return isPortable() ? numbers : permute(numbers, view, order);
  }

  /** The numbers in the portable layout; the array itself where the layouts agree. */
  float[] toPortable(float[] numbers) {
    return isPortable() ? numbers : permute(numbers, view.permute(order), inverse());
  }

  /** Records the way back to the portable layout. */
  Value toPortable(Recording recording, Value value) {
    Value viewed = value.reshape(view.permute(order));
    return Transposition.record(recording, viewed, inverse()).reshape(portable);
  }

  /** Records the way from the portable layout to this one. */
  Value toStored(Recording recording, Value value) {
    return Transposition.record(recording, value.reshape(view), order).reshape(stored);
  }

  private int[] inverse() {
    return Transposition.inverse(order);
  }

  private static float[] permute(float[] from, Shape shape, int[] order) {
    int rank = order.length;
    int[] strides = new int[rank];
    for (int axis = rank - 1, stride = 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.dimension(axis);
    }
    int[] extents = shape.permute(order).toArray();
    float[] to = new float[from.length];
    int[] index = new int[rank];
    int source = 0;
    for (int target = 0; target < to.length; target++) {
      to[target] = from[source];
      for (int axis = rank - 1; axis >= 0; axis--) {
        source += strides[order[axis]];
        if (++index[axis] < extents[axis]) {
          break;
        }
        source -= extents[axis] * strides[order[axis]];
        index[axis] = 0;
      }
    }
    return to;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Layout that
        && portable.equals(that.portable)
        && stored.equals(that.stored)
        && view.permute(order).equals(that.view.permute(that.order))
        && Arrays.equals(order, that.order);
  }

  @Override
  public int hashCode() {
    return 31 * stored.hashCode() + Arrays.hashCode(order);
  }

  @Override
  public String toString() {
    return portable + " as " + stored;
  }
}
