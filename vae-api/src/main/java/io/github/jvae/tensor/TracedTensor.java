package io.github.jvae.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What a backend extends to implement {@link Tensor}: shapes and operands are checked here, and
 * only well-formed operations, with the shape of their result, reach the engine.
 *
 * <p>The {@code record…} methods are the backend's part. They are handed operands of the backend's
 * own type and of the same trace, axes counted from the front in rising order, and the inferred
 * shape of the result. They switch over {@link UnaryOperation}, {@link BinaryOperation} and
 * {@link Reduction} exhaustively, so that the compiler names every backend that lacks an operation.
 *
 * @param <T> the backend's own tensor type
 */
public abstract class TracedTensor<T extends TracedTensor<T>> implements Tensor {
  private final Class<T> type;
  private final Trace trace;
  private final Shape shape;

  /**
   * @param type the backend's own tensor type
   * @param trace the computation being recorded
   * @param shape the shape of this tensor
   */
  protected TracedTensor(Class<T> type, Trace trace, Shape shape) {
    this.type = type;
    this.trace = trace;
    this.shape = shape;
  }

  /** Records a function of this tensor; the result has this tensor's shape. */
  protected abstract T recordUnary(UnaryOperation operation);

  /** Records a function of two tensors, which broadcast to {@code result}. */
  protected abstract T recordBinary(BinaryOperation operation, T other, Shape result);

  /** Records a function of this tensor and a number; by default the number is a scalar tensor. */
  protected T recordBinary(BinaryOperation operation, double other) {
    return recordBinary(operation, type.cast(trace.scalar(other)), shape);
  }

  /**
   * Records a reduction.
   *
   * @param axes the axes to reduce, rising, at least one
   * @param result with the reduced axes left out, or kept with extent 1
   */
  protected abstract T recordReduction(
      Reduction reduction, int[] axes, boolean keepDimensions, Shape result);

  /** Records a product of two matrices. */
  protected abstract T recordMatmul(T other, Shape result);

  /** Records a change of shape; {@code result} has as many elements and differs from this shape. */
  protected abstract T recordReshape(Shape result);

  /** Records another order of axes, given as a permutation of 0 to rank - 1. */
  protected abstract T recordTranspose(int[] order, Shape result);

  /** Records a slice along one axis. */
  protected abstract T recordSlice(int axis, int begin, int end, Shape result);

  /** Records a concatenation of tensors, the first of which is this one. */
  protected abstract T recordConcat(int axis, List<T> parts, Shape result);

  /** Records a stretch to a shape; {@code result} differs from this shape. */
  protected abstract T recordBroadcast(Shape result);

  @Override
  public final Shape shape() {
    return shape;
  }

  @Override
  public final Trace trace() {
    return trace;
  }

  private Tensor binary(BinaryOperation operation, Tensor other) {
    T operand = operand(operation.name(), other);
    Shape result = checked(operation.name(), () -> Shape.broadcast(shape, operand.shape()));
    return recordBinary(operation, operand, result);
  }

  private Tensor binary(BinaryOperation operation, double value) {
    return recordBinary(operation, value);
  }

  @Override
  public final Tensor add(Tensor other) {
    return binary(BinaryOperation.ADD, other);
  }

  @Override
  public final Tensor add(double value) {
    return binary(BinaryOperation.ADD, value);
  }

  @Override
  public final Tensor subtract(Tensor other) {
    return binary(BinaryOperation.SUBTRACT, other);
  }

  @Override
  public final Tensor subtract(double value) {
    return binary(BinaryOperation.SUBTRACT, value);
  }

  @Override
  public final Tensor multiply(Tensor other) {
    return binary(BinaryOperation.MULTIPLY, other);
  }

  @Override
  public final Tensor multiply(double value) {
    return binary(BinaryOperation.MULTIPLY, value);
  }

  @Override
  public final Tensor divide(Tensor other) {
    return binary(BinaryOperation.DIVIDE, other);
  }

  @Override
  public final Tensor divide(double value) {
    return binary(BinaryOperation.DIVIDE, value);
  }

  @Override
  public final Tensor maximum(Tensor other) {
    return binary(BinaryOperation.MAXIMUM, other);
  }

  @Override
  public final Tensor maximum(double value) {
    return binary(BinaryOperation.MAXIMUM, value);
  }

  @Override
  public final Tensor minimum(Tensor other) {
    return binary(BinaryOperation.MINIMUM, other);
  }

  @Override
  public final Tensor minimum(double value) {
    return binary(BinaryOperation.MINIMUM, value);
  }

  @Override
  public final Tensor greater(Tensor other) {
    return binary(BinaryOperation.GREATER, other);
  }

  @Override
  public final Tensor greater(double value) {
    return binary(BinaryOperation.GREATER, value);
  }

  @Override
  public final Tensor negate() {
    return recordUnary(UnaryOperation.NEGATE);
  }

  @Override
  public final Tensor abs() {
    return recordUnary(UnaryOperation.ABS);
  }

  @Override
  public final Tensor exp() {
    return recordUnary(UnaryOperation.EXP);
  }

  @Override
  public final Tensor expm1() {
    return recordUnary(UnaryOperation.EXPM1);
  }

  @Override
  public final Tensor log() {
    return recordUnary(UnaryOperation.LOG);
  }

  @Override
  public final Tensor log1p() {
    return recordUnary(UnaryOperation.LOG1P);
  }

  @Override
  public final Tensor sqrt() {
    return recordUnary(UnaryOperation.SQRT);
  }

  @Override
  public final Tensor square() {
    return recordUnary(UnaryOperation.SQUARE);
  }

  @Override
  public final Tensor erf() {
    return recordUnary(UnaryOperation.ERF);
  }

  @Override
  public final Tensor relu() {
    return recordUnary(UnaryOperation.RELU);
  }

  @Override
  public final Tensor sigmoid() {
    return recordUnary(UnaryOperation.SIGMOID);
  }

  @Override
  public final Tensor logSigmoid() {
    return recordUnary(UnaryOperation.LOG_SIGMOID);
  }

  @Override
  public final Tensor softplus() {
    return recordUnary(UnaryOperation.SOFTPLUS);
  }

  @Override
  public final Tensor tanh() {
    return recordUnary(UnaryOperation.TANH);
  }

  @Override
  public final Tensor stopGradient() {
    return recordUnary(UnaryOperation.STOP_GRADIENT);
  }

  @Override
  public final Tensor sum(int... axes) {
    return reduce(Reduction.SUM, false, axes);
  }

  @Override
  public final Tensor mean(int... axes) {
    return reduce(Reduction.MEAN, false, axes);
  }

  @Override
  public final Tensor max(int... axes) {
    return reduce(Reduction.MAX, false, axes);
  }

  @Override
  public final Tensor logSumExp(int... axes) {
    return reduce(Reduction.LOG_SUM_EXP, false, axes);
  }

  @Override
  public final Tensor reduce(Reduction reduction, boolean keepDimensions, int... axes) {
    Shape result = checked(reduction.name(), () -> shape.reduce(axes, keepDimensions));
    int[] rising = axes.length == 0
        ? IntStream.range(0, shape.rank()).toArray()
        : Arrays.stream(axes).map(shape::axis).sorted().toArray();
    // Each reduction of a single number is the number.
    return rising.length == 0 ? this : recordReduction(reduction, rising, keepDimensions, result);
  }

  @Override
  public final Tensor matmul(Tensor other) {
    T operand = operand("MATMUL", other);
    Shape right = operand.shape();
    if (shape.rank() != 2 || right.rank() != 2 || shape.dimension(1) != right.dimension(0)) {
      throw failure("MATMUL", "needs [m, k] and [k, n], not " + shape + " and " + right);
    }
    return recordMatmul(operand, Shape.of(shape.dimension(0), right.dimension(1)));
  }

  @Override
  public final Tensor reshape(Shape newShape) {
    if (newShape.size() != shape.size()) {
      throw failure(
          "RESHAPE",
          "cannot make " + newShape + " (" + newShape.size() + " elements) of " + shape + " ("
              + shape.size() + " elements)");
    }
    return newShape.equals(shape) ? this : recordReshape(newShape);
  }

  @Override
  public final Tensor reshape(int... dimensions) {
    int[] extents = dimensions.clone();
    int open = -1;
    long known = 1;
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] != -1) {
        known *= extents[i];
      } else if (open >= 0) {
        throw failure("RESHAPE", "may leave one extent open, not " + Arrays.toString(dimensions));
      } else {
        open = i;
      }
    }
    if (open >= 0) {
      if (known <= 0 || shape.size() % known != 0) {
        throw failure("RESHAPE", "cannot make " + Arrays.toString(dimensions) + " of " + shape);
      }
      extents[open] = (int) (shape.size() / known);
    }
    return reshape(checked("RESHAPE", () -> Shape.of(extents)));
  }

  @Override
  public final Tensor transpose(int... order) {
    Shape result = checked("TRANSPOSE", () -> shape.permute(order));
    return recordTranspose(Arrays.stream(order).map(shape::axis).toArray(), result);
  }

  @Override
  public final Tensor slice(int axis, int begin, int end) {
    int from = checked("SLICE", () -> shape.axis(axis));
    if (begin < 0 || end > shape.dimension(from) || begin >= end) {
      throw failure(
          "SLICE", "cannot take " + begin + " to " + end + " along axis " + from + " of " + shape);
    }
    return recordSlice(from, begin, end, shape.with(from, end - begin));
  }

  @Override
  public final Tensor concat(int axis, Tensor... others) {
    int along = checked("CONCAT", () -> shape.axis(axis));
    List<T> parts = new ArrayList<>();
    parts.add(type.cast(this));
    int extent = shape.dimension(along);
    for (Tensor other : others) {
      T part = operand("CONCAT", other);
      if (part.shape().rank() != shape.rank()
          || !part.shape().with(along, shape.dimension(along)).equals(shape)) {
        throw failure(
            "CONCAT", "along axis " + along + " does not join " + shape + " and " + part.shape());
      }
      extent += part.shape().dimension(along);
      parts.add(part);
    }
    return recordConcat(along, parts, shape.with(along, extent));
  }

  @Override
  public final Tensor broadcastTo(Shape target) {
    if (!shape.broadcastsTo(target)) {
      throw failure("BROADCAST", "cannot stretch " + shape + " to " + target);
    }
    return target.equals(shape) ? this : recordBroadcast(target);
  }

  /** Checks that an operand is of the same backend and computation. */
  private T operand(String operation, Tensor other) {
    if (!type.isInstance(other)) {
      throw failure(
          operation,
          "cannot mix a tensor of backend " + trace.backend() + " with one of backend "
              + other.trace().backend());
    }
    if (other.trace() != trace) {
      throw failure(
          operation,
          "was given a tensor recorded for another computation; tensors do not outlive the function"
              + " they were made in");
    }
    return type.cast(other);
  }

  private <R> R checked(String operation, Supplier<R> inference) {
    try {
      return inference.get();
    } catch (ShapeException e) {
      throw failure(operation, String.valueOf(e.getMessage()));
    }
  }

  private ShapeException failure(String operation, String fault) {
    return new ShapeException(trace.component() + ": " + operation + " " + fault);
  }

  /** The backend and the shape. */
  @Override
  public String toString() {
    return trace.backend() + " tensor " + shape;
  }
}
