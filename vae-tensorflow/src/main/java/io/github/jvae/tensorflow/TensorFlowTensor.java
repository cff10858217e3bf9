package io.github.jvae.tensorflow;

import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.TracedTensor;
import io.github.jvae.tensor.UnaryOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.BroadcastTo;
import org.tensorflow.op.core.Concat;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Slice;
import org.tensorflow.op.core.StopGradient;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.dtypes.Cast;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Abs;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.math.Div;
import org.tensorflow.op.math.Erf;
import org.tensorflow.op.math.Exp;
import org.tensorflow.op.math.Expm1;
import org.tensorflow.op.math.Greater;
import org.tensorflow.op.math.Log;
import org.tensorflow.op.math.Log1p;
import org.tensorflow.op.math.Maximum;
import org.tensorflow.op.math.Minimum;
import org.tensorflow.op.math.Mul;
import org.tensorflow.op.math.Neg;
import org.tensorflow.op.math.Sigmoid;
import org.tensorflow.op.math.Softplus;
import org.tensorflow.op.math.Sqrt;
import org.tensorflow.op.math.Square;
import org.tensorflow.op.math.Sub;
import org.tensorflow.op.math.Tanh;
import org.tensorflow.op.nn.Relu;
import org.tensorflow.types.TFloat32;

/**
 * A tensor as the output of a graph's operation.
 *
 * <p>Images come in two forms, of which either is made from the other when it is first asked for:
 * the portable [B, C, H, W], and [B, H, W, C], which convolutions compute in. A likelihood that
 * sums over pixels takes the form that the decoder left and so spares a transposition.
 */
public final class TensorFlowTensor extends TracedTensor<TensorFlowTensor> {
  private final TensorFlowTrace trace;
  private @Nullable Operand<TFloat32> portable;
  private @Nullable Operand<TFloat32> channelsLast;

  TensorFlowTensor(TensorFlowTrace trace, Shape shape, Operand<TFloat32> portable) {
    super(TensorFlowTensor.class, trace, shape);
    this.trace = trace;
    this.portable = portable;
  }

  private TensorFlowTensor(
      TensorFlowTrace trace,
      Shape shape,
      @Nullable Operand<TFloat32> portable,
      Operand<TFloat32> channelsLast) {
    super(TensorFlowTensor.class, trace, shape);
    this.trace = trace;
    this.portable = portable;
    this.channelsLast = channelsLast;
  }

  /** An image batch made as [B, H, W, C]; the shape is the portable one. */
  static TensorFlowTensor channelsLast(
      TensorFlowTrace trace, Shape shape, Operand<TFloat32> operand) {
    return new TensorFlowTensor(trace, shape, null, operand);
  }

  /**
   * A tensor as one of this backend, with a shape that was agreed upon.
   *
   * @param user who takes it, for messages
   * @param example the shape without the batch
   * @throws ShapeException if it is of another backend or shape
   */
  static TensorFlowTensor require(String user, Tensor tensor, Shape example) {
    if (!(tensor instanceof TensorFlowTensor result)) {
      throw new ShapeException(user + ": cannot take a tensor of backend "
          + tensor.trace().backend() + " on backend " + TensorFlowModule.NAME);
    }
    Shape shape = tensor.shape();
    if (shape.rank() == 0 || !shape.equals(example.prepend(shape.dimension(0)))) {
      throw new ShapeException(user + ": needs a batch of " + example + ", not " + shape);
    }
    return result;
  }

  /** The trace, for native operations. */
  TensorFlowTrace recording() {
    return trace;
  }

  /**
   * The native operand, of this tensor's shape. It belongs to the graph of
   * {@link TensorFlowTrace#scope()}; what is made of it comes back with
   * {@link TensorFlowTrace#tensor}.
   */
  public Operand<TFloat32> unwrap() {
    if (portable == null) {
      Shape last = channelsLast(shape());
      Operand<TFloat32> source = Objects.requireNonNull(channelsLast);
      portable = isOrderless()
          ? trace.reshape(source, last, shape())
          : trace.transpose(source, 0, 3, 1, 2);
    }
    return portable;
  }

  /** The native operand of an image batch with the channels last, [B, H, W, C]. */
  Operand<TFloat32> unwrapChannelsLast() {
    if (channelsLast == null) {
      Operand<TFloat32> source = Objects.requireNonNull(portable);
      channelsLast = isOrderless()
          ? trace.reshape(source, shape(), channelsLast(shape()))
          : trace.transpose(source, 0, 2, 3, 1);
    }
    return channelsLast;
  }

  /** Whether this was made with the channels last. */
  boolean hasChannelsLast() {
    return channelsLast != null;
  }

  /** Whether both forms have their numbers in the same order. */
  private boolean isOrderless() {
    return shape().dimension(1) == 1 || shape().dimension(2) * shape().dimension(3) == 1;
  }

  /** [B, C, H, W] as [B, H, W, C]. */
  static Shape channelsLast(Shape image) {
    return image.permute(0, 2, 3, 1);
  }

  private TensorFlowTensor made(Operand<TFloat32> operand) {
    return trace.tensor(shape(), operand);
  }

  @Override
  protected TensorFlowTensor recordUnary(UnaryOperation operation) {
    Scope scope = trace.scope();
    Operand<TFloat32> x = unwrap();
    return made(
        switch (operation) {
          case NEGATE -> Neg.create(scope, x);
          case ABS -> Abs.create(scope, x);
          case EXP -> Exp.create(scope, x);
          case EXPM1 -> Expm1.create(scope, x);
          case LOG -> Log.create(scope, x);
          case LOG1P -> Log1p.create(scope, x);
          case SQRT -> Sqrt.create(scope, x);
          case SQUARE -> Square.create(scope, x);
          case ERF -> Erf.create(scope, x);
          case RELU -> Relu.create(scope, x);
          case SIGMOID -> Sigmoid.create(scope, x);
          case LOG_SIGMOID -> Neg.create(scope, Softplus.create(scope, Neg.create(scope, x)));
          case SOFTPLUS -> Softplus.create(scope, x);
          case TANH -> Tanh.create(scope, x);
          case STOP_GRADIENT -> StopGradient.create(scope, x);
        });
  }

  @Override
  protected TensorFlowTensor recordBinary(
      BinaryOperation operation, TensorFlowTensor other, Shape result) {
    Scope scope = trace.scope();
    Operand<TFloat32> a = unwrap();
    Operand<TFloat32> b = other.unwrap();
    return trace.tensor(
        result,
        switch (operation) {
          case ADD -> Add.create(scope, a, b);
          case SUBTRACT -> Sub.create(scope, a, b);
          case MULTIPLY -> Mul.create(scope, a, b);
          case DIVIDE -> Div.create(scope, a, b);
          case MAXIMUM -> Maximum.create(scope, a, b);
          case MINIMUM -> Minimum.create(scope, a, b);
          // A comparison has no gradient in the engine, so none is asked of it.
          case GREATER ->
            StopGradient.create(
                scope, Cast.create(scope, Greater.create(scope, a, b), TFloat32.class));
        });
  }

  @Override
  protected TensorFlowTensor recordReduction(
      Reduction reduction, int[] axes, boolean keepDimensions, Shape result) {
    if (axes.length == 0) {
      return this;
    }
    return switch (reduction) {
      case SUM -> trace.tensor(result, sum(unwrap(), axes, keepDimensions));
      // The engine's own mean has a gradient of twice as many operations.
      case MEAN ->
        trace.tensor(
            result,
            Mul.create(
                trace.scope(),
                sum(unwrap(), axes, keepDimensions),
                trace.number((double) result.size() / shape().size())));
      case MAX ->
        trace.tensor(
            result,
            Max.create(
                trace.scope(), unwrap(), trace.integers(axes), Max.keepDims(keepDimensions)));
      case LOG_SUM_EXP -> logSumExp(axes, result);
    };
  }

  private Operand<TFloat32> sum(Operand<TFloat32> operand, int[] axes, boolean keepDimensions) {
    return Sum.create(trace.scope(), operand, trace.integers(axes), Sum.keepDims(keepDimensions));
  }

  private TensorFlowTensor logSumExp(int[] axes, Shape result) {
    Scope scope = trace.scope();
    Operand<TFloat32> greatest =
        Max.create(scope, unwrap(), trace.integers(axes), Max.keepDims(true));
    // An infinite shift would make inf - inf of an infinite element.
    Operand<TFloat32> finite = Maximum.create(
        scope,
        Minimum.create(scope, greatest, trace.number(Float.MAX_VALUE)),
        trace.number(-Float.MAX_VALUE));
    Operand<TFloat32> shift = StopGradient.create(scope, finite);
    Operand<TFloat32> terms = Exp.create(scope, Sub.create(scope, unwrap(), shift));
    Operand<TFloat32> kept = Add.create(scope, Log.create(scope, sum(terms, axes, true)), shift);
    return trace.tensor(result, trace.reshape(kept, shape().reduce(axes, true), result));
  }

  @Override
  protected TensorFlowTensor recordMatmul(TensorFlowTensor other, Shape result) {
    return trace.tensor(result, MatMul.create(trace.scope(), unwrap(), other.unwrap()));
  }

  @Override
  protected TensorFlowTensor recordReshape(Shape result) {
    return trace.tensor(result, trace.reshape(unwrap(), shape(), result));
  }

  @Override
  protected TensorFlowTensor recordTranspose(int[] order, Shape result) {
    return trace.tensor(result, trace.transpose(unwrap(), order));
  }

  @Override
  protected TensorFlowTensor recordSlice(int axis, int begin, int end, Shape result) {
    int[] from = new int[shape().rank()];
    from[axis] = begin;
    return trace.tensor(
        result,
        Slice.create(
            trace.scope(), unwrap(), trace.integers(from), trace.integers(result.toArray())));
  }

  @Override
  protected TensorFlowTensor recordConcat(int axis, List<TensorFlowTensor> parts, Shape result) {
    if (parts.size() == 1) {
      return this;
    }
    List<Operand<TFloat32>> operands = new ArrayList<>();
    parts.forEach(part -> operands.add(part.unwrap()));
    return trace.tensor(result, Concat.create(trace.scope(), operands, trace.integer(axis)));
  }

  @Override
  protected TensorFlowTensor recordBroadcast(Shape result) {
    return trace.tensor(
        result, BroadcastTo.create(trace.scope(), unwrap(), trace.integers(result.toArray())));
  }
}
