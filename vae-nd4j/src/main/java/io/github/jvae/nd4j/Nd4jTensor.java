package io.github.jvae.nd4j;

import io.github.jvae.backend.support.EngineTensor;
import io.github.jvae.nd4j.operation.Arithmetic;
import io.github.jvae.nd4j.operation.Blocks;
import io.github.jvae.nd4j.operation.Extreme;
import io.github.jvae.nd4j.operation.Functions;
import io.github.jvae.nd4j.operation.MatrixProduct;
import io.github.jvae.nd4j.operation.Stretch;
import io.github.jvae.nd4j.operation.Sum;
import io.github.jvae.nd4j.operation.Transposition;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.UnaryOperation;
import java.util.List;

/** A tensor as a value of a recording. */
final class Nd4jTensor extends EngineTensor<Nd4jTensor, Value> {
  private final Nd4jTrace trace;

  Nd4jTensor(Nd4jTrace trace, Value value) {
    super(Nd4jTensor.class, trace, value.shape(), value);
    this.trace = trace;
  }

  /** An image batch made as [B, H, W, C]. */
  Nd4jTensor(Nd4jTensor channelsLast) {
    super(Nd4jTensor.class, channelsLast.trace, channelsLast);
    this.trace = channelsLast.trace;
  }

  @Override
  protected Nd4jTrace engineTrace() {
    return trace;
  }

  private Recording operations() {
    return trace.recording();
  }

  @Override
  protected Nd4jTensor recordUnary(UnaryOperation operation) {
    return trace.tensor(Functions.record(operations(), operation, unwrap()));
  }

  @Override
  protected Nd4jTensor recordElementwise(
      BinaryOperation operation, Nd4jTensor other, Shape result) {
    return trace.tensor(Arithmetic.record(operations(), operation, unwrap(), other.unwrap()));
  }

  @Override
  protected Nd4jTensor recordReduction(
      Reduction reduction, int[] axes, boolean keepDimensions, Shape result) {
    Value reduced = switch (reduction) {
      case SUM -> Sum.record(operations(), unwrap(), axes);
      case MEAN -> mean(Sum.record(operations(), unwrap(), axes));
      case MAX, LOG_SUM_EXP -> Extreme.record(operations(), reduction, unwrap(), axes);
    };
    return trace.tensor(reduced.reshape(result));
  }

  private Value mean(Value sum) {
    Value share = operations().number((double) sum.size() / shape().size());
    return Arithmetic.product(operations(), sum, share);
  }

  @Override
  protected Nd4jTensor recordMatmul(Nd4jTensor other, Shape result) {
    return trace.tensor(MatrixProduct.record(operations(), unwrap(), other.unwrap(), false, false));
  }

  @Override
  protected Nd4jTensor recordReshape(Shape result) {
    return trace.tensor(unwrap().reshape(result));
  }

  @Override
  protected Nd4jTensor recordTranspose(int[] order, Shape result) {
    return trace.tensor(Transposition.record(operations(), unwrap(), order));
  }

  @Override
  protected Nd4jTensor recordSlice(int axis, int begin, int end, Shape result) {
    return trace.tensor(Blocks.slice(operations(), unwrap(), axis, begin, end - begin));
  }

  @Override
  protected Nd4jTensor recordConcat(int axis, List<Nd4jTensor> parts, Shape result) {
    return trace.tensor(
        Blocks.concat(operations(), parts.stream().map(Nd4jTensor::unwrap).toList(), axis, result));
  }

  @Override
  protected Nd4jTensor recordBroadcast(Shape result) {
    return trace.tensor(Stretch.record(operations(), unwrap(), result));
  }
}
