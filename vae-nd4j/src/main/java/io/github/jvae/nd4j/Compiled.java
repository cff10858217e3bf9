package io.github.jvae.nd4j;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.support.BatchSplit;
import io.github.jvae.backend.support.CompiledComputation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A computation and the replays that its recordings are. */
abstract class Compiled extends CompiledComputation<SplitReplay> {
  private final Nd4jBackend backend;

  Compiled(Nd4jBackend backend, Computation computation) {
    super(backend, computation);
    this.backend = backend;
  }

  /** Adds to a recording what the kind of executable needs beside the outputs. */
  abstract Recorded complete(Recording recording, List<Value> outputs);

  final Nd4jBackend backend() {
    return backend;
  }

  /** Runs the recording for these inputs, which is then returned. */
  final SplitReplay execute(HostTensor... inputs) {
    SplitReplay replay = recording(inputs);
    replay.run(inputs);
    return replay;
  }

  @Override
  protected final SplitReplay prepare(List<Shape> shapes) {
    BatchSplit split = BatchSplit.of(examples(), shapes, backend.threads());
    Map<List<Shape>, Recorded> recorded = new HashMap<>();
    return new SplitReplay(split, part -> {
      List<Shape> own = shapes.stream().map(shape -> split.shape(shape, part)).toList();
      return recorded.computeIfAbsent(own, this::recordShapes);
    });
  }

  private Recorded recordShapes(List<Shape> shapes) {
    Recording recording = new Recording();
    Nd4jTrace trace = new Nd4jTrace(recording, backend.storedVariables());
    List<Tensor> given = new ArrayList<>();
    for (Shape shape : shapes) {
      given.add(trace.tensor(recording.input(Value.of(shape))));
    }
    List<Value> outputs = new ArrayList<>();
    for (Tensor output : record(trace, given)) {
      if (!(output instanceof Nd4jTensor own) || own.recording() != recording) {
        throw new ShapeException("a computation returned a tensor of another computation");
      }
      outputs.add(own.value());
    }
    return complete(recording, outputs);
  }

  /** The gradients of the first output, by variable. */
  final Map<StoredVariable, Value> gradients(Recording recording, List<Value> outputs) {
    Value loss = outputs.get(0);
    if (loss.shape().rank() != 0) {
      throw new ShapeException(
          "the first output is the loss and must be a single number, not " + loss.shape());
    }
    return Gradients.record(recording, loss, backend.storedVariables().stored());
  }

  @Override
  protected void release(SplitReplay replay) {
    replay.close();
  }
}
