package io.github.jvae.nd4j.operation;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;

import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;

/** A product of two matrices, each of which may be meant transposed. */
public final class MatrixProduct extends NativeOperation {
  /**
   * Multiplications up to which BLAS on one thread is faster: ND4J's own operation wakes the other
   * threads, and takes 50 microseconds before it begins.
   */
  private static final long SMALL = 3L << 19;

  /**
   * Rows up to which each is best multiplied by itself. BLAS first copies the whole right matrix
   * for a product of several, which for few takes ten times as long as the product.
   */
  private static final int FEW_ROWS = 3;

  /** Rows from which that copy does not matter. */
  private static final int ENOUGH_ROWS = 8;

  /** As {@link #SMALL}, of fewer rows than that. */
  private static final long SMALL_OF_FEW_ROWS = 1L << 16;

  private final boolean leftTransposed;
  private final boolean rightTransposed;

  private MatrixProduct(Value left, Value right, boolean leftTransposed, boolean rightTransposed) {
    super(
        "matmul",
        new long[] {leftTransposed ? 1 : 0, rightTransposed ? 1 : 0, 0},
        List.of(left, right),
        List.of(Value.of(Shape.of(
            left.shape().dimension(leftTransposed ? 1 : 0),
            right.shape().dimension(rightTransposed ? 0 : 1)))));
    this.leftTransposed = leftTransposed;
    this.rightTransposed = rightTransposed;
  }

  public static Value record(
      Recording recording,
      Value left,
      Value right,
      boolean leftTransposed,
      boolean rightTransposed) {
    return recording.add(new MatrixProduct(left, right, leftTransposed, rightTransposed));
  }

  @Override
  protected void differentiate(Gradients gradients) {
    Recording recording = gradients.recording();
    Value left = operand(0);
    Value right = operand(1);
    Value gradient = gradients.require(result());
    gradients.add(
        left,
        () -> leftTransposed
            ? record(recording, right, gradient, rightTransposed, true)
            : record(recording, gradient, right, false, !rightTransposed));
    gradients.add(
        right,
        () -> rightTransposed
            ? record(recording, gradient, left, true, leftTransposed)
            : record(recording, left, gradient, !leftTransposed, false));
  }

  @Override
  public Kernel prepare(Placement placement) {
    int rows = result().shape().dimension(0);
    int columns = result().shape().dimension(1);
    int inner = operand(0).shape().dimension(leftTransposed ? 0 : 1);
    if (rows == 1 || (rows <= FEW_ROWS && !leftTransposed)) {
      return byRows(placement, rows, columns, inner);
    }
    long products = (long) rows * columns * inner;
    return products <= (rows < ENOUGH_ROWS ? SMALL_OF_FEW_ROWS : SMALL)
        ? small(placement, rows, columns, inner)
        : super.prepare(placement);
  }

  /** Each row of the left matrix by itself. */
  private Kernel byRows(Placement placement, int rows, int columns, int inner) {
    FloatPointer left = placement.memory(operand(0)).address();
    FloatPointer right = placement.memory(operand(1)).address();
    FloatPointer product = placement.memory(result()).address();
    int way = rightTransposed ? CblasNoTrans : CblasTrans;
    int height = operand(1).shape().dimension(0);
    int width = operand(1).shape().dimension(1);
    FloatPointer[] rowsOfLeft = rows(left, rows, inner);
    FloatPointer[] rowsOfProduct = rows(product, rows, columns);
    return () -> {
      for (int row = 0; row < rows; row++) {
        cblas_sgemv(
            CblasRowMajor,
            way,
            height,
            width,
            1,
            right,
            width,
            rowsOfLeft[row],
            1,
            0,
            rowsOfProduct[row],
            1);
      }
    };
  }

  private static FloatPointer[] rows(FloatPointer matrix, int rows, int width) {
    return IntStream.range(0, rows)
        .mapToObj(row -> matrix.getPointer((long) row * width))
        .toArray(FloatPointer[]::new);
  }

  private Kernel small(Placement placement, int rows, int columns, int inner) {
    FloatPointer left = placement.memory(operand(0)).address();
    FloatPointer right = placement.memory(operand(1)).address();
    FloatPointer product = placement.memory(result()).address();
    int leftWay = leftTransposed ? CblasTrans : CblasNoTrans;
    int rightWay = rightTransposed ? CblasTrans : CblasNoTrans;
    int leftWidth = operand(0).shape().dimension(1);
    int rightWidth = operand(1).shape().dimension(1);
    return () -> cblas_sgemm(
        CblasRowMajor,
        leftWay,
        rightWay,
        rows,
        columns,
        inner,
        1,
        left,
        leftWidth,
        right,
        rightWidth,
        0,
        product,
        columns);
  }
}
