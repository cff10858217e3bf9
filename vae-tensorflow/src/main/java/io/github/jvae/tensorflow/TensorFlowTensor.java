package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.EngineTensor;
import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.UnaryOperation;
import java.util.ArrayList;
import java.util.List;
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

/** A tensor as the output of a graph's operation. */
public final class TensorFlowTensor extends EngineTensor<TensorFlowTensor, Operand<TFloat32>> {
  private final TensorFlowTrace trace;

  TensorFlowTensor(TensorFlowTrace trace, Shape shape, Operand<TFloat32> operand) {
    super(TensorFlowTensor.class, trace, shape, operand);
    this.trace = trace;
  }

  /** An image batch made as [B, H, W, C]. */
  TensorFlowTensor(TensorFlowTrace trace, TensorFlowTensor channelsLast) {
    super(TensorFlowTensor.class, trace, channelsLast);
    this.trace = trace;
  }

  /** The trace, for native operations. */
  @Override
  protected TensorFlowTrace engineTrace() {
    return trace;
  }

  /**
   * The native operand, of this tensor's shape. It belongs to the graph of
   * {@link TensorFlowTrace#scope()}; what is made of it comes back with
   * {@link TensorFlowTrace#tensor}.
   */
  @Override
  public Operand<TFloat32> unwrap() {
    return super.unwrap();
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
  protected TensorFlowTensor recordElementwise(
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
