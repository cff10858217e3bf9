package io.github.jvae.tensorflow;

import io.github.jvae.tensor.Shape;
import java.util.List;

/**
 * How TensorFlow is told of a convolution's padding. Its {@code SAME} is used where it is the very
 * padding asked for, as it is for a 4x4 kernel with stride 2 and padding 1 on even sides. Elsewhere
 * padding is {@code EXPLICIT}: edges are put on, or cut off, by an operation of their own, and the
 * convolution itself is {@code VALID}. The engine's explicit padding has wrong gradients for a
 * plain convolution and slow kernels for a transposed one.
 */
enum Padding {
  SAME,
  VALID,
  EXPLICIT;

  /** The padding of a convolution of images [B, H, W, C]. */
  static Padding of(Shape image, int kernel, int stride, int padding) {
    if (isSame(image.dimension(1), kernel, stride, padding)
        && isSame(image.dimension(2), kernel, stride, padding)) {
      return SAME;
    }
    return padding == 0 ? VALID : EXPLICIT;
  }

  private static boolean isSame(int side, int kernel, int stride, int padding) {
    int windows = (side + 2 * padding - kernel) / stride + 1;
    int wanted = (side + stride - 1) / stride;
    int total = Math.max((wanted - 1) * stride + kernel - side, 0);
    return windows == wanted && total / 2 == padding;
  }

  static List<Long> strides(int stride) {
    return List.of(1L, (long) stride, (long) stride, 1L);
  }
}
