package io.github.jvae.nd4j;

import io.github.jvae.backend.BatchSplit;
import io.github.jvae.backend.Computation;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What forward computations, gradients and training steps share: a computation, and its replays by
 * input shapes.
 */
abstract class Compiled implements AutoCloseable {
  private final Nd4jBackend backend;
  private final Computation computation;
  private final Map<List<Shape>, SplitReplay> replays = new HashMap<>();
  private int inputs = -1;
  private boolean closed;

  Compiled(Nd4jBackend backend, Computation computation) {
    this.backend = backend;
    this.computation = computation;
  }

  /** Adds to a recording what the kind of executable needs beside the outputs. */
  abstract Recorded complete(Recording recording, List<Value> outputs);

  final Nd4jBackend backend() {
    return backend;
  }

  final void requireOpen() {
    backend.requireOpen();
    if (closed) {
      throw new VaeException("this executable is closed; compile the computation again");
    }
  }

  /** Runs the recording for these inputs, which is then returned. */
  final SplitReplay execute(HostTensor... inputs) {
    requireOpen();
    SplitReplay replay = replay(Arrays.stream(inputs).map(HostTensor::shape).toList());
    replay.run(inputs);
    return replay;
  }

  private SplitReplay replay(List<Shape> shapes) {
    if (inputs >= 0 && shapes.size() != inputs) {
      throw new VaeException("this computation takes " + inputs
          + " input(s), as in its first run, not " + shapes.size());
    }
    SplitReplay present = replays.get(shapes);
    if (present != null) {
      return present;
    }
    SplitReplay made = prepare(shapes);
    replays.put(shapes, made);
    inputs = shapes.size();
    return made;
  }

  private SplitReplay prepare(List<Shape> shapes) {
    BatchSplit split = BatchSplit.of(computation.examples(), shapes, backend.threads());
    Map<List<Shape>, Recorded> recorded = new HashMap<>();
    return new SplitReplay(split, part -> {
      List<Shape> own = shapes.stream().map(shape -> split.shape(shape, part)).toList();
      return recorded.computeIfAbsent(own, this::record);
    });
  }

  private Recorded record(List<Shape> shapes) {
    Recording recording = new Recording();
    Nd4jTrace trace = new Nd4jTrace(recording, backend.storedVariables());
    List<Tensor> given = new ArrayList<>();
    for (Shape shape : shapes) {
      given.add(trace.tensor(recording.input(Value.of(shape))));
    }
    List<Tensor> recorded = computation.record(trace, List.copyOf(given));
    // A computation is code of the user's, who may have closed this meanwhile.
    requireOpen();
    List<Value> outputs = new ArrayList<>();
    for (Tensor output : recorded) {
      if (!(output instanceof Nd4jTensor own) || own.recording() != recording) {
        throw new ShapeException("a computation returned a tensor of another computation");
      }
      outputs.add(own.value());
    }
    if (outputs.isEmpty()) {
      throw new VaeException("a computation needs at least one output");
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
  public final void close() {
    if (closed) {
      return;
    }
    backend.forget(this);
    release();
  }

  /** Releases the memory. Nothing can run after it. */
  final void release() {
    closed = true;
    replays.values().forEach(SplitReplay::close);
    replays.clear();
  }
}
