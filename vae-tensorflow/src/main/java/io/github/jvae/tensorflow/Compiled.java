package io.github.jvae.tensorflow;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.support.BatchSplit;
import io.github.jvae.backend.support.CompiledComputation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Identity;
import org.tensorflow.types.TFloat32;

/** A computation and its recordings in the backend's graph. */
abstract class Compiled extends CompiledComputation<CompiledTrace> {
  private final TensorFlowBackend backend;

  Compiled(TensorFlowBackend backend, Computation computation) {
    super(backend, computation);
    this.backend = backend;
  }

  /** Adds to a recording what the kind of executable needs beside the outputs. */
  abstract void complete(TensorFlowTrace trace, CompiledTrace compiled, List<Tensor> outputs);

  /** Whether gradients are taken of the computation. */
  abstract boolean isDifferentiated();

  final TensorFlowBackend backend() {
    return backend;
  }

  /** Whether the next run does what is done in some runs. */
  boolean isOccasion() {
    return false;
  }

  /** Runs the recording for these inputs; {@code more} is fed after them. */
  final List<HostTensor> execute(HostTensor[] inputs, float[]... more) {
    CompiledTrace trace = recording(inputs);
    List<float[]> numbers = new ArrayList<>(inputs.length + more.length);
    for (HostTensor input : inputs) {
      numbers.add(input.data());
    }
    numbers.addAll(Arrays.asList(more));
    return EngineFault.guard("run a computation", () -> {
      backend.flush();
      return trace.run(numbers, isOccasion());
    });
  }

  @Override
  protected final CompiledTrace prepare(List<Shape> shapes) {
    return EngineFault.guardEngine("record a computation", () -> recordShapes(shapes));
  }

  @Override
  protected final boolean isCurrent(CompiledTrace trace) {
    return trace.belongsTo(backend.session());
  }

  /** Releases the memory of the inputs; the graph's is the backend's to release. */
  @Override
  protected final void release(CompiledTrace trace) {
    trace.close();
    if (isCurrent(trace)) {
      backend.retire(1);
    }
  }

  private CompiledTrace recordShapes(List<Shape> shapes) {
    GraphSession session = backend.sessionForRecording();
    TensorFlowTrace trace =
        new TensorFlowTrace(session, backend.storedVariables(), isDifferentiated());
    CompiledTrace compiled = new CompiledTrace(session);
    try {
      List<Tensor> inputs = new ArrayList<>();
      for (Shape shape : shapes) {
        Operand<TFloat32> placeholder = trace.placeholder(shape);
        compiled.feed(placeholder, shape);
        inputs.add(trace.tensor(shape, placeholder));
      }
      List<Tensor> outputs = recordParts(trace, inputs);
      fetchAll(trace, compiled, inputs, outputs);
      complete(trace, compiled, outputs);
      return compiled;
    } catch (RuntimeException | Error e) {
      compiled.close();
      backend.retire(1);
      throw e;
    }
  }

  /** Records the computation, for each part of the batch by itself if it may be divided. */
  private List<Tensor> recordParts(TensorFlowTrace trace, List<Tensor> inputs) {
    BatchSplit split = BatchSplit.of(
        examples(), inputs.stream().map(Tensor::shape).toList(), backend.info().threads());
    if (split.parts() == 1) {
      return record(trace, inputs);
    }
    List<List<Tensor>> each = new ArrayList<>();
    for (int part = 0; part < split.parts(); part++) {
      List<Tensor> rows = new ArrayList<>();
      for (Tensor input : inputs) {
        rows.add(rows(input, split, part));
      }
      each.add(record(trace, rows));
    }
    List<Tensor> outputs = new ArrayList<>();
    for (int output = 0; output < each.get(0).size(); output++) {
      int index = output;
      outputs.add(combine(split, each.stream().map(part -> part.get(index)).toList()));
    }
    return outputs;
  }

  private static Tensor rows(Tensor input, BatchSplit split, int part) {
    int begin = split.begin(part);
    return input.shape().rank() == 0 ? input : input.slice(0, begin, begin + split.size(part));
  }

  private Tensor combine(BatchSplit split, List<Tensor> pieces) {
    Tensor first = pieces.get(0);
    List<Tensor> others = pieces.subList(1, pieces.size());
    if (split.use() == Computation.Examples.APART) {
      return first.concat(0, others.toArray(Tensor[]::new));
    }
    Tensor sum = first.multiply(split.share(0));
    for (int part = 1; part < pieces.size(); part++) {
      sum = sum.add(pieces.get(part).multiply(split.share(part)));
    }
    return sum;
  }

  private static void fetchAll(
      TensorFlowTrace trace, CompiledTrace compiled, List<Tensor> inputs, List<Tensor> outputs) {
    // The engine refuses to fetch what is fed.
    Set<Operand<TFloat32>> taken = new HashSet<>();
    inputs.forEach(input -> taken.add(unwrap(trace, input)));
    for (Tensor output : outputs) {
      Operand<TFloat32> operand = unwrap(trace, output);
      compiled.output(
          taken.contains(operand) ? Identity.create(trace.scope(), operand) : operand,
          output.shape());
    }
  }

  /** The native operand of a tensor that belongs to a trace. */
  static Operand<TFloat32> unwrap(TensorFlowTrace trace, Tensor tensor) {
    if (!(tensor instanceof TensorFlowTensor own) || own.recording() != trace) {
      throw new ShapeException("a computation returned a tensor of another computation");
    }
    return own.unwrap();
  }

  /** The loss among the outputs: the first. */
  static Operand<TFloat32> loss(TensorFlowTrace trace, List<Tensor> outputs) {
    Tensor loss = outputs.get(0);
    if (loss.shape().rank() != 0) {
      throw new ShapeException(
          "the first output is the loss and must be a single number, not " + loss.shape());
    }
    return unwrap(trace, loss);
  }
}
