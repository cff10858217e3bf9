package io.github.jvae.nd4j;

import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.TracedTensor;
import io.github.jvae.tensor.UnaryOperation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tensor as a value of a recording.
 *
 * <p>Images come in two forms, of which either is made from the other when it is first asked for:
 * the portable [B, C, H, W], and [B, H, W, C], which convolutions compute in. A likelihood that
 * sums over pixels takes the form that the decoder left and so spares a transposition.
 */
final class Nd4jTensor extends TracedTensor<Nd4jTensor> {
  private final Nd4jTrace trace;
  private @Nullable Value portable;
  private @Nullable Value channelsLast;

  Nd4jTensor(Nd4jTrace trace, Shape shape, Value portable) {
    super(Nd4jTensor.class, trace, shape);
    this.trace = trace;
    this.portable = portable;
  }

  private Nd4jTensor(Nd4jTrace trace, Shape shape, @Nullable Value portable, Value channelsLast) {
    super(Nd4jTensor.class, trace, shape);
    this.trace = trace;
    this.portable = portable;
    this.channelsLast = channelsLast;
  }

  /** An image batch made as [B, H, W, C]. */
  static Nd4jTensor channelsLast(Nd4jTrace trace, Value value) {
    return new Nd4jTensor(trace, value.shape().permute(0, 3, 1, 2), null, value);
  }

  /**
   * A tensor as one of this backend, with a shape that was agreed upon.
   *
   * @param user who takes it, for messages
   * @param example the shape without the batch
   * @throws ShapeException if it is of another backend or shape
   */
  static Nd4jTensor require(String user, Tensor tensor, Shape example) {
    if (!(tensor instanceof Nd4jTensor result)) {
      throw new ShapeException(user + ": cannot take a tensor of backend "
          + tensor.trace().backend() + " on backend " + Nd4jModule.NAME);
    }
    Shape shape = tensor.shape();
    if (shape.rank() == 0 || !shape.equals(example.prepend(shape.dimension(0)))) {
      throw new ShapeException(user + ": needs a batch of " + example + ", not " + shape);
    }
    return result;
  }

  Nd4jTrace recordingTrace() {
    return trace;
  }

  Recording recording() {
    return trace.recording();
  }

  /** The numbers in the order of this tensor's shape. */
  Value value() {
    if (portable == null) {
      Value source = Objects.requireNonNull(channelsLast);
      portable = isOrderless()
          ? source.reshape(shape())
          : Transposition.record(recording(), source, 0, 3, 1, 2);
    }
    return portable;
  }

  /** The numbers of an image batch with the channels last, [B, H, W, C]. */
  Value channelsLast() {
    if (channelsLast == null) {
      Value source = Objects.requireNonNull(portable);
      channelsLast = isOrderless()
          ? source.reshape(shape().permute(0, 2, 3, 1))
          : Transposition.record(recording(), source, 0, 2, 3, 1);
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

  @Override
  protected Nd4jTensor recordUnary(UnaryOperation operation) {
    return trace.tensor(Functions.record(recording(), operation, value()));
  }

  @Override
  protected Nd4jTensor recordBinary(BinaryOperation operation, Nd4jTensor other, Shape result) {
    return trace.tensor(Arithmetic.record(recording(), operation, value(), other.value()));
  }

  @Override
  protected Nd4jTensor recordReduction(
      Reduction reduction, int[] axes, boolean keepDimensions, Shape result) {
    if (axes.length == 0) {
      return this;
    }
    Value reduced = switch (reduction) {
      case SUM -> Sum.record(recording(), value(), axes);
      case MEAN -> mean(Sum.record(recording(), value(), axes));
      case MAX, LOG_SUM_EXP -> Extreme.record(recording(), reduction, value(), axes);
    };
    return trace.tensor(reduced.reshape(result));
  }

  private Value mean(Value sum) {
    Value share = recording().number((double) sum.size() / shape().size());
    return Arithmetic.record(recording(), BinaryOperation.MULTIPLY, sum, share);
  }

  @Override
  protected Nd4jTensor recordMatmul(Nd4jTensor other, Shape result) {
    return trace.tensor(MatrixProduct.record(recording(), value(), other.value(), false, false));
  }

  @Override
  protected Nd4jTensor recordReshape(Shape result) {
    return trace.tensor(value().reshape(result));
  }

  @Override
  protected Nd4jTensor recordTranspose(int[] order, Shape result) {
    return trace.tensor(Transposition.record(recording(), value(), order));
  }

  @Override
  protected Nd4jTensor recordSlice(int axis, int begin, int end, Shape result) {
    return trace.tensor(Blocks.slice(recording(), value(), axis, begin, end - begin));
  }

  @Override
  protected Nd4jTensor recordConcat(int axis, List<Nd4jTensor> parts, Shape result) {
    return trace.tensor(
        Blocks.concat(recording(), parts.stream().map(Nd4jTensor::value).toList(), axis, result));
  }

  @Override
  protected Nd4jTensor recordBroadcast(Shape result) {
    return trace.tensor(Stretch.record(recording(), value(), result));
  }
}
