package io.github.jvae.tensor;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Numbers in Java memory: what goes into an executable and what comes out of it. Row-major, single
 * precision.
 *
 * <p>The array is not copied, in either direction: whoever hands it over does not change it while
 * it is in use. That is what keeps a batch of 128 colour images (1.5 MB) from being copied at each
 * hand-over.
 */
public final class HostTensor {
  private final Shape shape;
  private final float[] data;

  private HostTensor(Shape shape, float[] data) {
    if (data.length != shape.size()) {
      throw new ShapeException("shape " + shape + " needs " + shape.size() + " numbers, but "
          + data.length + " are given");
    }
    this.shape = shape;
    this.data = data;
  }

  /**
   * Wraps an array, without a copy.
   *
   * @throws ShapeException if the length does not fit the shape
   */
  public static HostTensor of(Shape shape, float... data) {
    return new HostTensor(shape, data);
  }

  /** A tensor of zeros. */
  public static HostTensor zeros(Shape shape) {
    return new HostTensor(shape, new float[shape.size()]);
  }

  /** A single number, shape []. */
  public static HostTensor scalar(double value) {
    return new HostTensor(Shape.scalar(), new float[] {(float) value});
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The numbers, row-major: the array itself, not a copy. */
  public float[] data() {
    return data;
  }

  /**
   * The number of a tensor that holds just one.
   *
   * @throws ShapeException if it holds more
   */
  public float item() {
    if (data.length != 1) {
      throw new ShapeException("item() needs a single number, but the shape is " + shape);
    }
    return data[0];
  }

  /** Returns the same numbers under another shape, without a copy. */
  public HostTensor reshape(Shape newShape) {
    return new HostTensor(newShape, data);
  }

  /** Rows {@code begin} (included) to {@code end} (not included) of the first axis; a copy. */
  public HostTensor rows(int begin, int end) {
    if (shape.rank() == 0 || begin < 0 || end > shape.dimension(0) || begin >= end) {
      throw new ShapeException("rows " + begin + " to " + end + " do not exist in shape " + shape);
    }
    int row = data.length / shape.dimension(0);
    return new HostTensor(
        shape.with(0, end - begin), Arrays.copyOfRange(data, begin * row, end * row));
  }

  /** Returns the rows of some tensors one after the other; they agree in the other axes. A copy. */
  public static HostTensor joined(List<HostTensor> parts) {
    Shape first = parts.get(0).shape();
    int rows = 0;
    for (HostTensor part : parts) {
      if (part.shape().rank() == 0 || !part.shape().with(0, 1).equals(first.with(0, 1))) {
        throw new ShapeException("rows of " + part.shape() + " do not follow those of " + first);
      }
      rows += part.shape().dimension(0);
    }
    HostTensor all = zeros(first.with(0, rows));
    int done = 0;
    for (HostTensor part : parts) {
      System.arraycopy(part.data, 0, all.data, done, part.data.length);
      done += part.data.length;
    }
    return all;
  }

  /** Returns the rows so many times, one after the other; a copy. */
  public HostTensor repeated(int times) {
    return joined(Collections.nCopies(times, this));
  }

  /** Whether every number is finite. */
  public boolean isFinite() {
    for (float value : data) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Equal shapes and bitwise equal numbers. */
  @Override
  public boolean equals(Object other) {
    return other instanceof HostTensor tensor
        && shape.equals(tensor.shape)
        && Arrays.equals(data, tensor.data);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(data);
  }

  /** The shape and the first few numbers. */
  @Override
  public String toString() {
    String numbers = Arrays.toString(Arrays.copyOf(data, Math.min(8, data.length)));
    return "HostTensor" + shape + (data.length > 8 ? numbers.replace("]", ", …]") : numbers);
  }
}
