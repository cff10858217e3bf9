package io.github.jvae.tensorflow;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.support.BatchSplit;
import io.github.jvae.backend.support.CompiledComputation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Identity;
import org.tensorflow.types.TFloat32;

/** A computation and its programs in the backend's graph. */
abstract class Compiled extends CompiledComputation<TensorFlowBackend, CompiledTrace> {
  private final boolean differentiated;

  /** @param differentiated whether gradients are taken of the computation */
  Compiled(TensorFlowBackend backend, Computation computation, boolean differentiated) {
    super(backend, computation);
    this.differentiated = differentiated;
  }

  /** Adds to a recording what the kind of executable needs beside the outputs. */
  abstract void complete(
      TensorFlowTrace trace, CompiledTrace compiled, List<TensorFlowTensor> outputs);

  /** Whether the next run does what is done in some runs. */
  boolean isOccasion() {
    return false;
  }

  /** Runs the program for these inputs; {@code more} is fed after them. */
  final List<HostTensor> execute(HostTensor[] inputs, float[]... more) {
    CompiledTrace trace = program(inputs);
    TensorFlowFault.guard("assign variables", () -> {
      backend().flush();
      return trace;
    });
    return trace.run(inputs, isOccasion(), more);
  }

  @Override
  protected final CompiledTrace prepare(List<Shape> shapes) {
    return TensorFlowFault.guardEngine("record a computation", () -> recordShapes(shapes));
  }

  @Override
  protected final boolean isCurrent(CompiledTrace trace) {
    return trace.belongsTo(backend().session());
  }

  /** The graph has its nodes already. */
  @Override
  protected final CompiledTrace another(CompiledTrace trace, List<Shape> shapes) {
    return trace.beside();
  }

  /** Releases the memory of the inputs; the graph's is the backend's to release. */
  @Override
  protected final void release(CompiledTrace trace) {
    trace.close();
    if (isCurrent(trace) && !trace.isBeside()) {
      backend().retire(1);
    }
  }

  private CompiledTrace recordShapes(List<Shape> shapes) {
    GraphSession session = backend().sessionForRecording();
    TensorFlowTrace trace =
        new TensorFlowTrace(session, backend().engineVariables(), differentiated);
    CompiledTrace compiled = new CompiledTrace(session);
    try {
      List<TensorFlowTensor> inputs = new ArrayList<>();
      for (Shape shape : shapes) {
        Operand<TFloat32> placeholder = trace.placeholder(shape);
        compiled.feed(placeholder, shape);
        inputs.add(trace.tensor(shape, placeholder));
      }
      List<TensorFlowTensor> outputs = recordParts(trace, inputs);
      fetchAll(trace, compiled, inputs, outputs);
      complete(trace, compiled, outputs);
      // A session of one thread does so anyway.
      compiled.runInCaller(
          backend().info().threads() > 1 && split(shapes).isForOneThread(trace.multiplications()));
      return compiled;
    } catch (RuntimeException | Error e) {
      compiled.close();
      backend().retire(1);
      throw e;
    }
  }

  /** Records the computation, for each part of the batch by itself if it may be divided. */
  private List<TensorFlowTensor> recordParts(TensorFlowTrace trace, List<TensorFlowTensor> inputs) {
    BatchSplit split = split(inputs.stream().map(Tensor::shape).toList());
    if (split.parts() == 1) {
      return record(trace, inputs);
    }
    List<List<TensorFlowTensor>> each = new ArrayList<>();
    for (int part = 0; part < split.parts(); part++) {
      List<TensorFlowTensor> rows = new ArrayList<>();
      for (TensorFlowTensor input : inputs) {
        rows.add(rows(input, split, part));
      }
      each.add(record(trace, rows));
    }
    List<TensorFlowTensor> outputs = new ArrayList<>();
    for (int output = 0; output < each.get(0).size(); output++) {
      int index = output;
      outputs.add(combine(split, each.stream().map(part -> part.get(index)).toList()));
    }
    return outputs;
  }

  private static TensorFlowTensor rows(TensorFlowTensor input, BatchSplit split, int part) {
    int begin = split.begin(part);
    return input.shape().rank() == 0
        ? input
        : (TensorFlowTensor) input.slice(0, begin, begin + split.size(part));
  }

  private static TensorFlowTensor combine(BatchSplit split, List<TensorFlowTensor> pieces) {
    Tensor first = pieces.get(0);
    List<TensorFlowTensor> others = pieces.subList(1, pieces.size());
    if (split.use() == Computation.Examples.APART) {
      return (TensorFlowTensor) first.concat(0, others.toArray(Tensor[]::new));
    }
    Tensor sum = first.multiply(split.share(0));
    for (int part = 1; part < pieces.size(); part++) {
      sum = sum.add(pieces.get(part).multiply(split.share(part)));
    }
    return (TensorFlowTensor) sum;
  }

  private static void fetchAll(
      TensorFlowTrace trace,
      CompiledTrace compiled,
      List<TensorFlowTensor> inputs,
      List<TensorFlowTensor> outputs) {
    // The engine refuses to fetch what is fed.
    Set<Operand<TFloat32>> taken = new HashSet<>();
    inputs.forEach(input -> taken.add(input.unwrap()));
    for (TensorFlowTensor output : outputs) {
      Operand<TFloat32> operand = output.unwrap();
      compiled.output(
          taken.contains(operand) ? Identity.create(trace.scope(), operand) : operand,
          output.shape());
    }
  }
}
