package io.github.jvae.backend.support;

import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;

/**
 * A batch of images whose pixels are put together or apart, in portable operations.
 *
 * @param images [B, C, H, W] or [B, H, W, C]
 * @param rowAxis the axis of the rows; that of the columns is the next
 */
record Pixels(Tensor images, int rowAxis) {

  static Pixels of(Flow<? extends Tensor> flow) {
    return new Pixels(flow.tensor(), flow.channelsLast() ? 1 : 2);
  }

  private int rows() {
    return images.shape().dimension(rowAxis);
  }

  private int columns() {
    return images.shape().dimension(rowAxis + 1);
  }

  /** Returns the shape with so many rows and columns. */
  private Shape sized(int rows, int columns) {
    return images.shape().with(rowAxis, rows).with(rowAxis + 1, columns);
  }

  /** Returns a shape in which rows and columns are counted by two axes each. */
  private Shape split(int rows, int row, int columns, int column) {
    Shape shape = images.shape();
    Shape before = shape.subShape(0, rowAxis);
    Shape behind = shape.subShape(rowAxis + 2, shape.rank());
    return concat(before, Shape.of(rows, row, columns, column), behind);
  }

  private static Shape concat(Shape... parts) {
    int[] extents =
        Arrays.stream(parts).flatMapToInt(part -> Arrays.stream(part.toArray())).toArray();
    return Shape.of(extents);
  }

  /** Records images in which each pixel is a square of pixels. */
  Tensor upsample(int factor) {
    return images
        .reshape(split(rows(), 1, columns(), 1))
        .broadcastTo(split(rows(), factor, columns(), factor))
        .reshape(sized(rows() * factor, columns() * factor));
  }

  /** Records images in which each square of pixels is one, their mean. */
  Tensor averagePool(int size) {
    Tensor whole = cut(cut(images, rowAxis, size), rowAxis + 1, size);
    return whole
        .reshape(split(rows() / size, size, columns() / size, size))
        .mean(rowAxis + 1, rowAxis + 3);
  }

  /** Leaves out what does not fill a square. */
  private static Tensor cut(Tensor images, int axis, int size) {
    int side = images.shape().dimension(axis);
    int kept = side - side % size;
    return kept == side ? images : images.slice(axis, 0, kept);
  }
}
