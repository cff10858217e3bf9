package io.github.jvae.reference;

import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.TracedTensor;
import io.github.jvae.tensor.UnaryOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A step of a recording with its place in it. */
final class ReferenceTensor extends TracedTensor<ReferenceTensor> {
  private final ReferenceTrace trace;
  private final int index;
  private final Operation operation;
  private final List<ReferenceTensor> operands;

  ReferenceTensor(
      ReferenceTrace trace,
      int index,
      Shape shape,
      Operation operation,
      List<ReferenceTensor> operands) {
    super(ReferenceTensor.class, trace, shape);
    this.trace = trace;
    this.index = index;
    this.operation = operation;
    this.operands = operands;
  }

  /** The place in the recording. */
  int index() {
    return index;
  }

  Operation operation() {
    return operation;
  }

  List<ReferenceTensor> operands() {
    return operands;
  }

  private ReferenceTensor record(Shape result, Operation step, ReferenceTensor... with) {
    List<ReferenceTensor> all = new ArrayList<>(List.of(this));
    all.addAll(List.of(with));
    return trace.add(result, step, all);
  }

  @Override
  protected ReferenceTensor recordUnary(UnaryOperation function) {
    return record(shape(), new UnaryStep(function));
  }

  @Override
  protected ReferenceTensor recordBinary(
      BinaryOperation function, ReferenceTensor other, Shape result) {
    return record(result, BinaryStep.of(function, shape(), other.shape(), result), other);
  }

  @Override
  protected ReferenceTensor recordReduction(
      Reduction reduction, int[] axes, boolean keepDimensions, Shape result) {
    return record(
        result, new ReductionStep(reduction, Positions.reduced(shape(), axes), result.size()));
  }

  @Override
  protected ReferenceTensor recordMatmul(ReferenceTensor other, Shape result) {
    int inner = shape().dimension(1);
    return record(
        result, BilinearStep.matmul(result.dimension(0), inner, result.dimension(1)), other);
  }

  @Override
  protected ReferenceTensor recordReshape(Shape result) {
    return record(result, new GatherStep(IntStream.range(0, result.size()).toArray()));
  }

  @Override
  protected ReferenceTensor recordTranspose(int[] order, Shape result) {
    return record(result, new GatherStep(Positions.transpose(shape(), order)));
  }

  @Override
  protected ReferenceTensor recordSlice(int axis, int begin, int end, Shape result) {
    return record(result, new GatherStep(Positions.block(shape(), axis, begin, result)));
  }

  @Override
  protected ReferenceTensor recordConcat(int axis, List<ReferenceTensor> parts, Shape result) {
    List<int[]> places = new ArrayList<>();
    int begin = 0;
    for (ReferenceTensor part : parts) {
      places.add(Positions.block(result, axis, begin, part.shape()));
      begin += part.shape().dimension(axis);
    }
    return trace.add(result, new ConcatStep(result.size(), places), parts);
  }

  @Override
  protected ReferenceTensor recordBroadcast(Shape result) {
    return record(result, new GatherStep(Positions.broadcast(shape(), result)));
  }

  /** A convolution with a kernel, without the bias. */
  ReferenceTensor convolve(ReferenceTensor weight, Shape result, int stride, int padding) {
    int kernel = weight.shape().dimension(2);
    return record(
        result, BilinearStep.convolution(shape(), result, kernel, stride, padding), weight);
  }

  /** A transposed convolution with a kernel, without the bias. */
  ReferenceTensor convolveTransposed(
      ReferenceTensor weight, Shape result, int stride, int padding) {
    int kernel = weight.shape().dimension(2);
    return record(
        result,
        BilinearStep.transposedConvolution(shape(), result, kernel, stride, padding),
        weight);
  }
}
