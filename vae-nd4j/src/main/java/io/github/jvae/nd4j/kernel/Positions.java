package io.github.jvae.nd4j.kernel;

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
    return walk(result, strides);
  }

  /** For each element of the transposed result, the element of {@code operand}. */
  static int[] transpose(Shape operand, int[] order) {
    int[] own = strides(operand);
    int[] strides = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      strides[axis] = own[order[axis]];
    }
    return walk(operand.permute(order), strides);
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

  /** The positions met as the last axis runs fastest. */
  private static int[] walk(Shape shape, int[] strides) {
    int[] result = new int[shape.size()];
    int[] index = new int[shape.rank()];
    int position = 0;
    for (int i = 0; i < result.length; i++) {
      result[i] = position;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        position += strides[axis];
        if (++index[axis] < shape.dimension(axis)) {
          break;
        }
        position -= shape.dimension(axis) * strides[axis];
        index[axis] = 0;
      }
    }
    return result;
  }
}
