package io.github.jvae.backend.support;

import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a variable is stored: its portable numbers seen as an array of some extents, whose axes are
 * then put in another order. Rows of a dense weight that follow the pixels of an image, say, are
 * seen as [channels, height, width] and stored as [height, width, channels].
 */
public final class Layout {
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

  /** Returns the portable layout itself. */
  public static Layout portable(Shape shape) {
    return new Layout(shape, shape, shape, IntStream.range(0, shape.rank()).toArray());
  }

  /**
   * Returns a layout.
   *
   * @param portable the portable shape
   * @param stored the shape in the engine
   * @param view the portable numbers, under a shape whose axes can be put in order
   * @param order the axes of the view, in the order they are stored in
   */
  public static Layout of(Shape portable, Shape stored, Shape view, int... order) {
    return new Layout(portable, stored, view, order.clone());
  }

  /** Returns the layout in which the axes of the portable shape have another order. */
  public static Layout permuted(Shape portable, int... order) {
    return of(portable, portable.permute(order), portable, order);
  }

  /**
   * Returns the layout of a dense layer's weight, [outputs, inputs].
   *
   * @param pixelsOut the image [C, H, W] whose pixels the outputs are in [H, W, C] order, if so
   * @param pixelsIn the same for the inputs
   * @param inputsFirst whether it is stored as [inputs, outputs]
   */
  static Layout weight(
      Shape portable, @Nullable Shape pixelsOut, @Nullable Shape pixelsIn, boolean inputsFirst) {
    Shape out = pixelsOut == null ? portable.subShape(0, 1) : pixelsOut;
    Shape in = pixelsIn == null ? portable.subShape(1, 2) : pixelsIn;
    IntStream outOrder = order(out, 0);
    IntStream inOrder = order(in, out.rank());
    return of(
        portable,
        inputsFirst ? portable.permute(1, 0) : portable,
        Shape.of(IntStream.concat(Arrays.stream(out.toArray()), Arrays.stream(in.toArray()))
            .toArray()),
        (inputsFirst ? IntStream.concat(inOrder, outOrder) : IntStream.concat(outOrder, inOrder))
            .toArray());
  }

  /** Returns the layout of numbers for the pixels of an image [C, H, W], in [H, W, C] order. */
  static Layout pixels(Shape portable, @Nullable Shape image) {
    return image == null
        ? portable(portable)
        : of(portable, portable, image, order(image, 0).toArray());
  }

  private static IntStream order(Shape side, int first) {
    return side.rank() == 3
        ? IntStream.of(first + 1, first + 2, first)
        : IntStream.range(first, first + side.rank());
  }

  /** Returns the shape in which the engine has the numbers. */
  public Shape stored() {
    return stored;
  }

  /** Returns whether this is a layout of variables of a portable shape. */
  boolean fits(Shape shape) {
    return portable.equals(shape);
  }

  private boolean isPortable() {
    return IntStream.range(0, order.length).allMatch(i -> order[i] == i);
  }

  /** Returns the numbers as they are stored; the array itself where the layouts agree. */
  public float[] toStored(float[] numbers) {
    return isPortable() ? numbers : permute(numbers, view, order);
  }

  /** Returns the numbers in the portable layout; the array itself where the layouts agree. */
  public float[] toPortable(float[] numbers) {
    return isPortable() ? numbers : permute(numbers, view.permute(order), inverse());
  }

  /** Records the way from the portable layout to this one. */
  public Tensor toStored(Tensor tensor) {
    return isPortable() ? tensor : tensor.reshape(view).transpose(order).reshape(stored);
  }

  /** Records the way back to the portable layout. */
  public Tensor toPortable(Tensor tensor) {
    return isPortable()
        ? tensor
        : tensor.reshape(view.permute(order)).transpose(inverse()).reshape(portable);
  }

  private int[] inverse() {
    int[] result = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      result[order[i]] = i;
    }
    return result;
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
