package io.github.jvae.tensor;

/**
 * A tensor in a computation that is being recorded: it has a shape, but no numbers yet.
 *
 * <p>Models are written as pure functions over tensors. A backend records ("traces") such a
 * function once per input shape, compiles it to what its engine runs fastest, and replays it. So
 * code over tensors reads no values, branches on no data and keeps no state (rule R1); it may loop
 * and branch on shapes.
 *
 * <p>Operations on two tensors broadcast as NumPy does: axes align at the last, and an extent of 1
 * (or a missing axis) stretches. Axes may be counted from the back with negative numbers. Shapes
 * are checked as the operation is written, by the same code for every engine; a misfit is a
 * {@link ShapeException} that names the operation, the shapes and the component (rule R2). Tensors
 * of different computations or backends do not mix (rule R3).
 *
 * <p>Backends do not implement this interface directly but extend {@link TracedTensor}.
 */
public interface Tensor {

  /** The shape, known while recording. */
  Shape shape();

  /** The computation this tensor belongs to: where parameters and constants come from. */
  Trace trace();

  /** {@code this + other}. */
  Tensor add(Tensor other);

  /** {@code this + value}. */
  Tensor add(double value);

  /** {@code this - other}. */
  Tensor subtract(Tensor other);

  /** {@code this - value}. */
  Tensor subtract(double value);

  /** {@code this · other}, element by element. */
  Tensor multiply(Tensor other);

  /** {@code this · value}. */
  Tensor multiply(double value);

  /** {@code this / other}. */
  Tensor divide(Tensor other);

  /** {@code this / value}. */
  Tensor divide(double value);

  /** The greater of the two, element by element. */
  Tensor maximum(Tensor other);

  /** The greater of each element and a number. */
  Tensor maximum(double value);

  /** The lesser of the two, element by element. */
  Tensor minimum(Tensor other);

  /** The lesser of each element and a number. */
  Tensor minimum(double value);

  /** 1 where this is greater than the other, else 0; no gradient passes. */
  Tensor greater(Tensor other);

  /** 1 where this is greater than a number, else 0; no gradient passes. */
  Tensor greater(double value);

  /** {@code -this}. */
  Tensor negate();

  /** The absolute value. */
  Tensor abs();

  /** {@code e^this}. */
  Tensor exp();

  /** {@code e^this - 1}, accurate near 0. */
  Tensor expm1();

  /** The natural logarithm. */
  Tensor log();

  /** {@code log(1 + this)}, accurate near 0. */
  Tensor log1p();

  /** The square root. */
  Tensor sqrt();

  /** The square. */
  Tensor square();

  /** The error function. */
  Tensor erf();

  /** {@code max(this, 0)}. */
  Tensor relu();

  /** {@code 1 / (1 + e^-this)}. */
  Tensor sigmoid();

  /** {@code log sigmoid(this)}, finite for every finite number. */
  Tensor logSigmoid();

  /** {@code log(1 + e^this)}, finite for every finite number. */
  Tensor softplus();

  /** The hyperbolic tangent. */
  Tensor tanh();

  /** Returns the same numbers, through which no gradient passes. */
  Tensor stopGradient();

  /** The sum over some axes, which vanish; over all of them if none is named. */
  Tensor sum(int... axes);

  /** The mean over some axes, which vanish; over all of them if none is named. */
  Tensor mean(int... axes);

  /** The greatest over some axes, which vanish; over all of them if none is named. */
  Tensor max(int... axes);

  /** {@code log Σ e^this} over some axes, which vanish; over all of them if none is named. */
  Tensor logSumExp(int... axes);

  /**
   * A reduction that may keep the reduced axes with extent 1, so that the result broadcasts against
   * this tensor.
   *
   * @param axes the axes to reduce; none means all
   */
  Tensor reduce(Reduction reduction, boolean keepDimensions, int... axes);

  /**
   * The matrix product: [m, k] by [k, n] gives [m, n].
   *
   * @throws ShapeException unless both have rank 2 and the inner extents agree
   */
  Tensor matmul(Tensor other);

  /**
   * Returns the same elements, in the same row-major order, under another shape.
   *
   * @throws ShapeException if the number of elements differs
   */
  Tensor reshape(Shape shape);

  /** {@link #reshape(Shape)} by extents, one of which may be -1: what is left over. */
  Tensor reshape(int... dimensions);

  /** The axes in another order: axis {@code i} of the result is axis {@code order[i]} of this. */
  Tensor transpose(int... order);

  /** Positions {@code begin} (included) to {@code end} (not included) along one axis. */
  Tensor slice(int axis, int begin, int end);

  /** Returns this tensor followed by others along one axis; the other axes agree. */
  Tensor concat(int axis, Tensor... others);

  /** Returns this tensor stretched to a shape it broadcasts to. */
  Tensor broadcastTo(Shape shape);
}
