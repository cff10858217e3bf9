package io.github.jvae.model;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;

/**
 * Chooses one of several by their probabilities, as a function of a uniform number: by the inverse
 * of the distribution function. As tensors have no running sums, the half that it falls in is found
 * first, then the quarter, and so on.
 */
public final class Choice {
  private Choice() {}

  /**
   * Returns 1 in the place of what is chosen and 0 elsewhere.
   *
   * @param masses proportional to the probabilities, with the alternatives along one axis
   * @param uniform numbers from (0, 1), of extent 1 along that axis; broadcast against the masses
   * @param axis counted from the front
   */
  public static Tensor oneHot(Tensor masses, Tensor uniform, int axis) {
    return at(number(masses, uniform, axis), masses.shape().dimension(axis), axis);
  }

  /**
   * Returns 1 in a place along an axis and 0 elsewhere.
   *
   * @param number the place, counted from 0; of extent 1 along the axis
   * @param count how many places there are
   * @param axis counted from the front
   */
  public static Tensor at(Tensor number, int count, int axis) {
    Tensor place = places(number, count, axis);
    return number.greater(place.subtract(0.5)).subtract(number.greater(place.add(0.5)));
  }

  /**
   * Returns the place of what is chosen along the axis, counted from 0; the axis has extent 1.
   *
   * @param masses as {@link #oneHot} takes them
   * @param uniform as {@link #oneHot} takes them
   * @param axis counted from the front
   */
  public static Tensor number(Tensor masses, Tensor uniform, int axis) {
    int count = masses.shape().dimension(axis);
    int size = count == 1 ? 1 : 2 * Integer.highestOneBit(count - 1);
    Tensor rest = padded(masses, size, axis);
    Tensor left = uniform.multiply(masses.reduce(Reduction.SUM, true, axis));
    Tensor number = left.multiply(0);
    for (int half = size / 2; half > 0; half /= 2) {
      Tensor low = rest.slice(axis, 0, half);
      Tensor high = rest.slice(axis, half, 2 * half);
      Tensor mass = low.reduce(Reduction.SUM, true, axis);
      Tensor isHigh = left.greater(mass);
      left = left.subtract(isHigh.multiply(mass));
      rest = high.multiply(isHigh).add(low.multiply(isHigh.negate().add(1)));
      number = number.add(isHigh.multiply(half));
    }
    // Rounding may step over the last alternative, into what only fills up.
    return number.minimum(count - 1);
  }

  /**
   * Returns the place of the first 1 along an axis, counted from 0, or the last place where there
   * is none; the axis has extent 1.
   *
   * @param flags zeros and ones
   * @param axis counted from the front
   */
  public static Tensor first(Tensor flags, int axis) {
    int count = flags.shape().dimension(axis);
    // Each further place counts less, and the last always counts.
    Tensor left = places(flags, count, axis).negate().add(count);
    Tensor most = flags.multiply(left).reduce(Reduction.MAX, true, axis).maximum(1);
    return most.negate().add(count);
  }

  /** The places along an axis, of extent 1 along the others. */
  private static Tensor places(Tensor like, int count, int axis) {
    float[] places = new float[count];
    for (int i = 0; i < count; i++) {
      places[i] = i;
    }
    int[] extents = new int[like.shape().rank()];
    Arrays.fill(extents, 1);
    extents[axis] = count;
    return like.trace().constant(HostTensor.of(Shape.of(extents), places));
  }

  private static Tensor padded(Tensor masses, int size, int axis) {
    int missing = size - masses.shape().dimension(axis);
    return missing == 0
        ? masses
        : masses.concat(
            axis, masses.trace().constant(HostTensor.zeros(masses.shape().with(axis, missing))));
  }
}
