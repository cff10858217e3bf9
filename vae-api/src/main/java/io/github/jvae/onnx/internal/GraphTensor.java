package io.github.jvae.onnx.internal;

import io.github.jvae.backend.support.EngineTensor;
import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.UnaryOperation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A tensor as a named value of an ONNX graph. */
public final class GraphTensor extends EngineTensor<GraphTensor, String> {
  /** What ONNX calls the type of single precision. */
  private static final OnnxAttribute FLOAT = new OnnxAttribute.Whole(1);

  /** Below it {@code log(1 + x)} loses digits as it is written. */
  private static final double NEAR_ZERO = 0.5;

  private final GraphTrace trace;

  GraphTensor(GraphTrace trace, Shape shape, String value) {
    super(GraphTensor.class, trace, shape, value);
    this.trace = trace;
  }

  /** Returns what an operation makes of this tensor, of its shape. */
  GraphTensor made(String operator) {
    return trace.tensor(shape(), trace.node(operator, unwrap()));
  }

  @Override
  protected GraphTensor recordUnary(UnaryOperation operation) {
    return switch (operation) {
      case NEGATE -> made("Neg");
      case ABS -> made("Abs");
      case EXP -> made("Exp");
      case LOG -> made("Log");
      case SQRT -> made("Sqrt");
      case ERF -> made("Erf");
      case RELU -> made("Relu");
      case TANH -> made("Tanh");
      case SQUARE -> trace.ofMine(multiply(this));
      case STOP_GRADIENT -> this;
      // e^x - 1 = tanh(x/2) · (e^x + 1), in which nothing cancels.
      case EXPM1 -> trace.ofMine(multiply(0.5).tanh().multiply(exp().add(1)));
      case LOG1P -> logOfOnePlus();
      // As written, and not by the operations of these names: runtimes compute those with a fixed
      // absolute error, which leaves nothing right of small probabilities.
      case SIGMOID -> trace.ofMine(trace.scalar(1).divide(negate().exp().add(1)));
      case SOFTPLUS -> trace.ofMine(relu().add(abs().negate().exp().log1p()));
      case LOG_SIGMOID -> trace.ofMine(negate().softplus().negate());
    };
  }

  /**
   * Records {@code log(1 + x)}. Near 0 the sum is rounded, and its logarithm is put right by what
   * of {@code x} was left in it (Higham, Accuracy and Stability of Numerical Algorithms, 1.14.1).
   */
  private GraphTensor logOfOnePlus() {
    Tensor sum = add(1);
    Tensor left = sum.subtract(1);
    String isLost = trace.node("Equal", value(left), trace.number(0));
    String near = trace.node("Where", isLost, unwrap(), value(multiply(sum.log().divide(left))));
    String isNear = trace.node("Less", value(abs()), trace.number(NEAR_ZERO));
    return trace.tensor(shape(), trace.node("Where", isNear, near, value(sum.log())));
  }

  private String value(Tensor tensor) {
    return trace.ofMine(tensor).unwrap();
  }

  @Override
  protected GraphTensor recordElementwise(
      BinaryOperation operation, GraphTensor other, Shape result) {
    String operator = switch (operation) {
      case ADD -> "Add";
      case SUBTRACT -> "Sub";
      case MULTIPLY -> "Mul";
      case DIVIDE -> "Div";
      case MAXIMUM -> "Max";
      case MINIMUM -> "Min";
      case GREATER -> "Greater";
    };
    String value = trace.node(operator, unwrap(), other.unwrap());
    return trace.tensor(
        result,
        operation == BinaryOperation.GREATER
            ? trace.node("Cast", Map.of("to", FLOAT), value)
            : value);
  }

  @Override
  protected GraphTensor recordReduction(
      Reduction reduction, int[] axes, boolean keepDimensions, Shape result) {
    return switch (reduction) {
      case SUM ->
        trace.tensor(
            result, trace.node("ReduceSum", keep(keepDimensions), unwrap(), trace.wholes(axes)));
      case MEAN -> reduced("ReduceMean", axes, keepDimensions, result);
      case MAX -> reduced("ReduceMax", axes, keepDimensions, result);
      case LOG_SUM_EXP -> logSumExp(axes, result);
    };
  }

  private GraphTensor reduced(String operator, int[] axes, boolean keepDimensions, Shape result) {
    Map<String, OnnxAttribute> attributes = Map.of(
        "axes",
        OnnxAttribute.Wholes.of(axes),
        "keepdims",
        new OnnxAttribute.Whole(keepDimensions ? 1 : 0));
    return trace.tensor(result, trace.node(operator, attributes, unwrap()));
  }

  private static Map<String, OnnxAttribute> keep(boolean keepDimensions) {
    return Map.of("keepdims", new OnnxAttribute.Whole(keepDimensions ? 1 : 0));
  }

  private GraphTensor logSumExp(int[] axes, Shape result) {
    // An infinite shift would make inf - inf of an infinite element.
    Tensor shift =
        reduce(Reduction.MAX, true, axes).minimum(Float.MAX_VALUE).maximum(-Float.MAX_VALUE);
    Tensor kept = subtract(shift).exp().reduce(Reduction.SUM, true, axes).log().add(shift);
    return trace.ofMine(kept.reshape(result));
  }

  @Override
  protected GraphTensor recordMatmul(GraphTensor other, Shape result) {
    return trace.tensor(result, trace.node("MatMul", unwrap(), other.unwrap()));
  }

  @Override
  protected GraphTensor recordReshape(Shape result) {
    return trace.tensor(result, trace.node("Reshape", unwrap(), trace.wholes(result.toArray())));
  }

  @Override
  protected GraphTensor recordTranspose(int[] order, Shape result) {
    return trace.tensor(
        result, trace.node("Transpose", Map.of("perm", OnnxAttribute.Wholes.of(order)), unwrap()));
  }

  @Override
  protected GraphTensor recordSlice(int axis, int begin, int end, Shape result) {
    return trace.tensor(
        result,
        trace.node("Slice", unwrap(), trace.wholes(begin), trace.wholes(end), trace.wholes(axis)));
  }

  @Override
  protected GraphTensor recordConcat(int axis, List<GraphTensor> parts, Shape result) {
    return trace.tensor(
        result,
        trace.node(
            "Concat",
            Map.of("axis", new OnnxAttribute.Whole(axis)),
            parts.stream().map(EngineTensor::unwrap).toArray(String[]::new)));
  }

  @Override
  protected GraphTensor recordBroadcast(Shape result) {
    return trace.tensor(result, trace.node("Expand", unwrap(), trace.wholes(result.toArray())));
  }

  @Override
  public String toString() {
    return unwrap() + " " + Arrays.toString(shape().toArray());
  }
}
