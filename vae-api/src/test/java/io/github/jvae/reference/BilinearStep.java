package io.github.jvae.reference;

import io.github.jvae.tensor.Shape;

/**
 * Sums of products of one element of each of two operands: matrix products and convolutions.
 *
 * @param size the elements of the result
 * @param terms which products go where
 */
record BilinearStep(int size, Terms terms) implements Operation {

  /** Visits every product. */
  interface Terms {
    /** Calls the visitor once for each product. */
    void forEach(Visitor visitor);
  }

  /** Takes one product. */
  interface Visitor {
    /** {@code result[result] += left[left] * right[right]}. */
    void visit(int result, int left, int right);
  }

  @Override
  public double[] forward(StepInputs feed, double[][] operands) {
    double[] result = new double[size];
    terms.forEach((r, a, b) -> result[r] += operands[0][a] * operands[1][b]);
    return result;
  }

  @Override
  public void backward(
      double[][] operands, double[] value, double[] gradient, double[][] gradients) {
    terms.forEach((r, a, b) -> {
      gradients[0][a] += gradient[r] * operands[1][b];
      gradients[1][b] += gradient[r] * operands[0][a];
    });
  }

  /** [m, k] by [k, n]. */
  static BilinearStep matmul(int rows, int inner, int columns) {
    return new BilinearStep(rows * columns, visitor -> {
      for (int i = 0; i < rows; i++) {
        for (int k = 0; k < inner; k++) {
          for (int j = 0; j < columns; j++) {
            visitor.visit(i * columns + j, i * inner + k, k * columns + j);
          }
        }
      }
    });
  }

  /** A cross-correlation of images [B, I, H, W] with kernels [O, I, K, K]. */
  static BilinearStep convolution(Shape input, Shape output, int kernel, int stride, int padding) {
    Window window = new Window(input, output, kernel, stride, padding);
    return new BilinearStep(
        output.size(),
        visitor -> window.forEach((small, large, smallChannel, largeChannel, place) -> {
          int weight = smallChannel * input.dimension(1) + largeChannel;
          visitor.visit(small, large, weight * kernel * kernel + place);
        }));
  }

  /** The transpose of a convolution: images [B, I, h, w] with kernels [I, O, K, K]. */
  static BilinearStep transposedConvolution(
      Shape input, Shape output, int kernel, int stride, int padding) {
    Window window = new Window(output, input, kernel, stride, padding);
    return new BilinearStep(
        output.size(),
        visitor -> window.forEach((small, large, smallChannel, largeChannel, place) -> {
          int weight = smallChannel * output.dimension(1) + largeChannel;
          visitor.visit(large, small, weight * kernel * kernel + place);
        }));
  }

  /** The meetings of a kernel's places with the pixels of a large and a small image. */
  private record Window(Shape large, Shape small, int kernel, int stride, int padding) {
    interface Meeting {
      void at(int small, int large, int smallChannel, int largeChannel, int place);
    }

    void forEach(Meeting meeting) {
      for (int image = 0; image < large.dimension(0); image++) {
        for (int s = 0; s < small.dimension(1); s++) {
          for (int l = 0; l < large.dimension(1); l++) {
            slide(image, s, l, meeting);
          }
        }
      }
    }

    private void slide(int image, int s, int l, Meeting meeting) {
      for (int row = 0; row < small.dimension(2); row++) {
        for (int column = 0; column < small.dimension(3); column++) {
          int from = position(small, image, s, row, column);
          for (int place = 0; place < kernel * kernel; place++) {
            int y = row * stride - padding + place / kernel;
            int x = column * stride - padding + place % kernel;
            if (y >= 0 && y < large.dimension(2) && x >= 0 && x < large.dimension(3)) {
              meeting.at(from, position(large, image, l, y, x), s, l, place);
            }
          }
        }
      }
    }

    private static int position(Shape shape, int image, int channel, int row, int column) {
      int plane = image * shape.dimension(1) + channel;
      return (plane * shape.dimension(2) + row) * shape.dimension(3) + column;
    }
  }
}
