package io.github.jvae.djl;

import io.github.jvae.backend.support.EngineTensor;
import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.UnaryOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor as a value in a TorchScript.
 *
 * <p>In whatever order the numbers of an image batch lie in memory, to PyTorch its shape is [B, C,
 * H, W]. Order matters to speed alone: convolutions are faster with the channels innermost, and
 * other operations where their operands lie alike.
 */
public final class DjlTensor extends EngineTensor<DjlTensor, ScriptValue> {
  private final DjlTrace trace;
  private final ScriptValue value;
  private @Nullable ScriptValue channelsLast;

  DjlTensor(DjlTrace trace, Shape shape, ScriptValue value) {
    super(DjlTensor.class, trace, shape, value);
    this.trace = trace;
    this.value = value;
  }

  /** An image batch that a convolution made, with the channels innermost in memory. */
  static DjlTensor channelsLast(DjlTrace trace, Shape shape, ScriptValue value) {
    DjlTensor result = new DjlTensor(trace, shape, value);
    result.channelsLast = value;
    return result;
  }

  /** The trace, for native operations. */
  @Override
  protected DjlTrace engineTrace() {
    return trace;
  }

  /**
   * The native value: a name in the script that is being recorded. What is made of it with
   * {@link DjlTrace#call} comes back with {@link DjlTrace#tensor}.
   */
  @Override
  public ScriptValue unwrap() {
    return value;
  }

  /** Returns the same image batch with the channels innermost in memory. */
  ScriptValue unwrapChannelsLast() {
    if (channelsLast == null) {
      channelsLast =
          trace.call("torch.contiguous", value, "memory_format=" + DjlTrace.CHANNELS_LAST);
    }
    return channelsLast;
  }

  /** Whether this was made with the channels innermost. */
  @Override
  public boolean hasChannelsLast() {
    return channelsLast == value;
  }

  @Override
  protected DjlTensor lyingAs(DjlTensor other) {
    return other.hasChannelsLast() ? channelsLast(trace, shape(), unwrapChannelsLast()) : this;
  }

  /** A value of this shape whose numbers lie in memory as this tensor's do. */
  DjlTensor like(ScriptValue result) {
    return hasChannelsLast() ? channelsLast(trace, shape(), result) : trace.tensor(shape(), result);
  }

  @Override
  protected DjlTensor recordUnary(UnaryOperation operation) {
    return trace.tensor(
        shape(),
        switch (operation) {
          case NEGATE -> trace.call("torch.neg", value);
          case ABS -> trace.call("torch.abs", value);
          case EXP -> trace.call("torch.exp", value);
          case EXPM1 -> trace.call("torch.expm1", value);
          case LOG -> trace.call("torch.log", value);
          case LOG1P -> trace.call("torch.log1p", value);
          case SQRT -> trace.call("torch.sqrt", value);
          case SQUARE -> trace.call("torch.mul", value, value);
          case ERF -> trace.call("torch.erf", value);
          case RELU -> trace.call("torch.relu", value);
          case SIGMOID -> trace.call("torch.sigmoid", value);
          case LOG_SIGMOID -> trace.call("torch.log_sigmoid", value);
          case SOFTPLUS -> trace.call("torch.softplus", value);
          case TANH -> trace.call("torch.tanh", value);
          case STOP_GRADIENT -> trace.callWithoutGradient("torch.detach", value);
        });
  }

  @Override
  protected DjlTensor recordElementwise(BinaryOperation operation, DjlTensor other, Shape result) {
    ScriptValue b = other.value;
    return trace.tensor(
        result,
        switch (operation) {
          case ADD -> trace.call("torch.add", value, b);
          case SUBTRACT -> trace.call("torch.sub", value, b);
          case MULTIPLY -> trace.call("torch.mul", value, b);
          case DIVIDE -> trace.call("torch.div", value, b);
          case MAXIMUM -> trace.call("torch.maximum", value, b);
          case MINIMUM -> trace.call("torch.minimum", value, b);
          case GREATER -> indicator(trace.callWithoutGradient("torch.gt", value, b));
        });
  }

  @Override
  protected DjlTensor recordBinary(BinaryOperation operation, double other) {
    if (!Double.isFinite(other)) {
      return super.recordBinary(operation, other);
    }
    return trace.tensor(
        shape(),
        switch (operation) {
          case ADD -> trace.call("torch.add", value, other);
          case SUBTRACT -> trace.call("torch.sub", value, other);
          case MULTIPLY -> trace.call("torch.mul", value, other);
          case DIVIDE -> trace.call("torch.div", value, other);
          case MAXIMUM -> trace.call("torch.clamp_min", value, other);
          case MINIMUM -> trace.call("torch.clamp_max", value, other);
          case GREATER -> indicator(trace.callWithoutGradient("torch.gt", value, other));
        });
  }

  private ScriptValue indicator(ScriptValue truth) {
    return trace.callWithoutGradient("torch.to", truth, DjlTrace.FLOAT32);
  }

  @Override
  protected DjlTensor recordReduction(
      Reduction reduction, int[] axes, boolean keepDimensions, Shape result) {
    String function = switch (reduction) {
      case SUM -> "torch.sum";
      case MEAN -> "torch.mean";
      case MAX -> "torch.amax";
      case LOG_SUM_EXP -> "torch.logsumexp";
    };
    return trace.tensor(result, trace.call(function, value, axes, keepDimensions));
  }

  @Override
  protected DjlTensor recordMatmul(DjlTensor other, Shape result) {
    return trace.tensor(result, trace.product(2, "torch.mm", value, other.value));
  }

  @Override
  protected DjlTensor recordReshape(Shape result) {
    return trace.tensor(result, trace.reshape(value, shape(), result));
  }

  @Override
  protected DjlTensor recordTranspose(int[] order, Shape result) {
    return trace.tensor(result, trace.call("torch.permute", value, order));
  }

  @Override
  protected DjlTensor recordSlice(int axis, int begin, int end, Shape result) {
    return trace.tensor(result, trace.call("torch.narrow", value, axis, begin, end - begin));
  }

  @Override
  protected DjlTensor recordConcat(int axis, List<DjlTensor> parts, Shape result) {
    List<ScriptValue> values = parts.stream().map(DjlTensor::unwrap).toList();
    return trace.tensor(result, trace.call("torch.cat", values, axis));
  }

  @Override
  protected DjlTensor recordBroadcast(Shape result) {
    return trace.tensor(result, trace.call("torch.expand", value, result.toArray()));
  }
}
