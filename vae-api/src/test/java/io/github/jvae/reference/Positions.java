package io.github.jvae.reference;

import io.github.jvae.tensor.Shape;

/** Where in its operand each element of a result comes from, as row-major positions. */
final class Positions {
  private Positions() {}

  /** For each element of {@code result}, the element of {@code operand} stretched to it. */
  static int[] broadcast(Shape operand, Shape result) {
    int[] strides = new int[result.rank()];
    int[] own = strides(operand);
    int missing = result.rank() - operand.rank();
    for (int axis = 0; axis < operand.rank(); axis++) {
      strides[missing + axis] = operand.dimension(axis) == 1 ? 0 : own[axis];
    }
    return walk(result, strides, 0);
  }

  /** For each element of the transposed result, the element of {@code operand}. */
  static int[] transpose(Shape operand, int[] order) {
    int[] own = strides(operand);
    int[] strides = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      strides[axis] = own[order[axis]];
    }
    return walk(operand.permute(order), strides, 0);
  }

  /** For each element of a block of {@code whole} that starts at {@code begin} along an axis. */
  static int[] block(Shape whole, int axis, int begin, Shape block) {
    int[] strides = strides(whole);
    return walk(block, strides, begin * strides[axis]);
  }

  /** For each element of {@code operand}, the element of the reduced shape it goes to. */
  static int[] reduced(Shape operand, int[] axes) {
    return broadcast(operand.reduce(axes, true), operand);
  }

  private static int[] strides(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.dimension(axis);
    }
    return strides;
  }

  private static int[] walk(Shape shape, int[] strides, int start) {
    int[] result = new int[shape.size()];
    for (int i = 0; i < result.length; i++) {
      int rest = i;
      int position = start;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        position += rest % shape.dimension(axis) * strides[axis];
        rest /= shape.dimension(axis);
      }
      result[i] = position;
    }
    return result;
  }
}
