package io.github.jvae.nd4j;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.support.BatchSplit;
import io.github.jvae.backend.support.CompiledComputation;
import io.github.jvae.backend.support.SplitPrograms;
import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.nd4j.operation.Arithmetic;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Recorded;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.nd4j.replay.Replay;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A computation and its programs, which are replays. */
abstract class Compiled extends CompiledComputation<Nd4jBackend, SplitPrograms<Replay>> {

  Compiled(Nd4jBackend backend, Computation computation) {
    super(backend, computation);
  }

  /** Adds to a recording what the kind of executable needs beside the outputs. */
  abstract Recorded complete(Nd4jTrace trace, List<Nd4jTensor> outputs);

  @Override
  protected final SplitPrograms<Replay> prepare(List<Shape> shapes) {
    BatchSplit split = split(shapes);
    Map<List<Shape>, Recorded> recorded = new HashMap<>();
    return new SplitPrograms<>(split, part -> {
      List<Shape> own = shapes.stream().map(shape -> split.shape(shape, part)).toList();
      return new Replay(recorded.computeIfAbsent(own, this::recordShapes), split.threads());
    });
  }

  private Recorded recordShapes(List<Shape> shapes) {
    Recording recording = new Recording();
    Nd4jTrace trace = new Nd4jTrace(recording, backend().engineVariables());
    List<Nd4jTensor> given = new ArrayList<>();
    for (Shape shape : shapes) {
      given.add(trace.tensor(recording.input(Value.of(shape))));
    }
    List<Nd4jTensor> outputs = record(trace, given);
    recording.multiplies(trace.multiplications());
    return complete(trace, outputs);
  }

  /** The gradients of the first output, by variable. */
  final Map<StoredVariable, Value> gradients(Nd4jTrace trace, List<Nd4jTensor> outputs) {
    return Gradients.record(
        trace.recording(),
        loss(outputs).unwrap(),
        backend().engineVariables().stored(),
        Arithmetic::sum);
  }

  /** The values of some tensors. */
  static List<Value> values(List<Nd4jTensor> tensors) {
    return tensors.stream().map(Nd4jTensor::unwrap).toList();
  }

  @Override
  protected void release(SplitPrograms<Replay> programs) {
    programs.close();
  }
}
