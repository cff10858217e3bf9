package io.github.jvae.nd4j.operation;

import io.github.jvae.tensor.Shape;

/**
 * How a kernel moves over an image.
 *
 * @param kernel height and width
 * @param stride both ways
 * @param padding on every side
 */
public record Window(int kernel, int stride, int padding) {

  /** ND4J's settings: explicit padding, channels last, kernels as PyTorch has them. */
  long[] settings() {
    return new long[] {kernel, kernel, stride, stride, padding, padding, 1, 1, 0, 1, 1};
  }

  /** Whether each pixel is seen by itself. */
  boolean isPixel() {
    return kernel == 1 && stride == 1 && padding == 0;
  }

  /**
   * Whether the windows reach all rows and columns of the larger image, [B, H, W, C], and no more,
   * so that a transposed convolution of the smaller one makes one of its size.
   */
  boolean fits(Shape smaller, Shape larger) {
    return side(smaller.dimension(1)) == larger.dimension(1)
        && side(smaller.dimension(2)) == larger.dimension(2);
  }

  /** How many rows of the larger image the windows of a smaller one's rows reach. */
  int side(int side) {
    return (side - 1) * stride + kernel - 2 * padding;
  }

  /** The same on images that bring their padding with them. */
  Window withoutPadding() {
    return new Window(kernel, stride, 0);
  }
}
