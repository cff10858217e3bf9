package io.github.jvae.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The extent of a tensor along each axis, outermost first. Immutable. A scalar has rank 0.
 *
 * <p>Extents are at least 1: an empty batch has no mean and so no place in a model, and is refused
 * where it is made.
 */
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dimensions;
  private final int size;

  private Shape(int[] dimensions) {
    long product = 1;
    for (int extent : dimensions) {
      if (extent < 1) {
        throw new ShapeException(
            "shape " + text(dimensions) + " has an extent below 1; every axis needs at least one");
      }
      product *= extent;
      if (product > Integer.MAX_VALUE) {
        throw new ShapeException(
            "shape " + text(dimensions) + " holds more than 2^31 - 1 elements");
      }
    }
    this.dimensions = dimensions;
    this.size = (int) product;
  }

  /**
   * A shape with these extents, outermost first.
   *
   * @throws ShapeException if an extent is below 1, or the elements outnumber an {@code int}
   */
  public static Shape of(int... dimensions) {
    return dimensions.length == 0 ? SCALAR : new Shape(dimensions.clone());
  }

  /** The shape of a single number: rank 0. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** The number of axes. */
  public int rank() {
    return dimensions.length;
  }

  /**
   * The extent along an axis; a negative axis counts from the last.
   *
   * @throws ShapeException if there is no such axis
   */
  public int dimension(int axis) {
    return dimensions[axis(axis)];
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The extents, outermost first; a copy. */
  public int[] toArray() {
    return dimensions.clone();
  }

  /** The extents as {@code long}s, as engines want them. */
  public long[] toLongArray() {
    return Arrays.stream(dimensions).asLongStream().toArray();
  }

  /**
   * An axis counted from the front, given one that may count from the back.
   *
   * @throws ShapeException if there is no such axis
   */
  public int axis(int axis) {
    int fromFront = axis < 0 ? axis + dimensions.length : axis;
    if (fromFront < 0 || fromFront >= dimensions.length) {
      throw new ShapeException("axis " + axis + " does not exist in shape " + this);
    }
    return fromFront;
  }

  /** Returns this shape with an axis put in front, such as a batch. */
  public Shape prepend(int extent) {
    int[] result = new int[dimensions.length + 1];
    result[0] = extent;
    System.arraycopy(dimensions, 0, result, 1, dimensions.length);
    return new Shape(result);
  }

  /** The axes from {@code begin} (included) to {@code end} (not included). */
  public Shape subShape(int begin, int end) {
    return of(Arrays.copyOfRange(dimensions, begin, end));
  }

  /** Returns this shape with another extent along one axis. */
  public Shape with(int axis, int extent) {
    int[] result = dimensions.clone();
    result[axis(axis)] = extent;
    return of(result);
  }

  /**
   * Returns this shape with its axes in another order: axis {@code i} of the result is
   * {@code order[i]}.
   */
  public Shape permute(int... order) {
    boolean[] seen = new boolean[dimensions.length];
    int[] result = new int[dimensions.length];
    if (order.length != dimensions.length) {
      throw notAPermutation(order);
    }
    for (int i = 0; i < order.length; i++) {
      int from = axis(order[i]);
      if (seen[from]) {
        throw notAPermutation(order);
      }
      seen[from] = true;
      result[i] = dimensions[from];
    }
    return of(result);
  }

  private ShapeException notAPermutation(int[] order) {
    return new ShapeException(
        text(order) + " is not an order of the " + dimensions.length + " axes of shape " + this);
  }

  /**
   * What is left after a reduction over some axes.
   *
   * @param axes the reduced axes; none means all of them
   * @param keepDimensions whether a reduced axis stays, with extent 1
   */
  public Shape reduce(int[] axes, boolean keepDimensions) {
    boolean[] reduced = reducedAxes(axes);
    int[] result = IntStream.range(0, dimensions.length)
        .filter(i -> keepDimensions || !reduced[i])
        .map(i -> reduced[i] ? 1 : dimensions[i])
        .toArray();
    return of(result);
  }

  private boolean[] reducedAxes(int[] axes) {
    boolean[] reduced = new boolean[dimensions.length];
    if (axes.length == 0) {
      Arrays.fill(reduced, true);
    }
    for (int a : axes) {
      int axis = axis(a);
      if (reduced[axis]) {
        throw new ShapeException("axis " + a + " is named twice in a reduction of shape " + this);
      }
      reduced[axis] = true;
    }
    return reduced;
  }

  /**
   * The shape two operands take together under the broadcasting rules of NumPy: axes align at the
   * last, and an extent of 1 (or a missing axis) stretches.
   *
   * @throws ShapeException if the two do not fit
   */
  public static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] result = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.rank() ? a.dimensions[a.rank() - i] : 1;
      int right = i <= b.rank() ? b.dimensions[b.rank() - i] : 1;
      if (left != right && left != 1 && right != 1) {
        throw new ShapeException("shapes " + a + " and " + b + " do not broadcast");
      }
      result[rank - i] = Math.max(left, right);
    }
    return of(result);
  }

  /** Whether this shape stretches to the other under the broadcasting rules. */
  public boolean broadcastsTo(Shape target) {
    if (rank() > target.rank()) {
      return false;
    }
    for (int i = 1; i <= rank(); i++) {
      int extent = dimensions[rank() - i];
      if (extent != 1 && extent != target.dimensions[target.rank() - i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** Returns the extents, as {@code [128, 1, 28, 28]}; a scalar is {@code []}. */
  @Override
  public String toString() {
    return text(dimensions);
  }

  private static String text(int[] extents) {
    return Arrays.stream(extents)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
