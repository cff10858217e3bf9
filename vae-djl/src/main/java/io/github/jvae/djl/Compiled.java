package io.github.jvae.djl;

import io.github.jvae.backend.Computation;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What forward computations, gradients and training steps share: a computation, and its recordings
 * by input shapes.
 */
abstract class Compiled implements AutoCloseable {
  /** So many recordings are kept: batches of every size must not fill the memory. */
  static final int MOST_TRACES = 16;

  private final DjlBackend backend;
  private final Computation computation;

  /** From the one that was not used for longest to the last. */
  private final Map<List<Shape>, CompiledTrace> traces =
      new LinkedHashMap<>(MOST_TRACES, 0.75f, true);

  private int inputs = -1;
  private boolean closed;

  Compiled(DjlBackend backend, Computation computation) {
    this.backend = backend;
    this.computation = computation;
  }

  /** Makes a script of a recording, as the kind of executable needs it. */
  abstract CompiledTrace compile(DjlTrace trace, List<DjlTensor> outputs);

  final DjlBackend backend() {
    return backend;
  }

  final void requireOpen() {
    backend.requireOpen();
    if (closed) {
      throw new VaeException("this executable is closed; compile the computation again");
    }
  }

  /**
   * Runs the recording for some inputs.
   *
   * @param count how many of them are the computation's; the rest belong to the kind of executable
   */
  final List<HostTensor> execute(int count, HostTensor... inputs) {
    requireOpen();
    backend.useThreads();
    CompiledTrace trace =
        trace(Arrays.stream(inputs, 0, count).map(HostTensor::shape).toList());
    return EngineFault.guard("run a computation", () -> trace.run(inputs));
  }

  private CompiledTrace trace(List<Shape> shapes) {
    if (inputs >= 0 && shapes.size() != inputs) {
      throw new VaeException("this computation takes " + inputs
          + " input(s), as in its first run, not " + shapes.size());
    }
    CompiledTrace present = traces.get(shapes);
    if (present != null) {
      return present;
    }
    CompiledTrace made = record(shapes);
    traces.put(shapes, made);
    inputs = shapes.size();
    if (traces.size() > MOST_TRACES) {
      Iterator<CompiledTrace> leastUsed = traces.values().iterator();
      leastUsed.next().close();
      leastUsed.remove();
    }
    return made;
  }

  private CompiledTrace record(List<Shape> shapes) {
    DjlTrace trace = backend.newTrace();
    List<Tensor> inputs = new ArrayList<>();
    shapes.forEach(shape -> inputs.add(trace.input(shape)));
    List<Tensor> recorded = computation.record(trace, List.copyOf(inputs));
    if (recorded.isEmpty()) {
      throw new VaeException("a computation needs at least one output");
    }
    List<DjlTensor> outputs =
        recorded.stream().map(output -> requireOwn(trace, output)).toList();
    return EngineFault.guard("prepare a computation", () -> compile(trace, outputs));
  }

  private static DjlTensor requireOwn(DjlTrace trace, Tensor tensor) {
    if (!(tensor instanceof DjlTensor own) || own.recording() != trace) {
      throw new ShapeException("a computation returned a tensor of another computation");
    }
    return own;
  }

  /** The loss among the outputs: the first. */
  static ScriptValue loss(List<DjlTensor> outputs) {
    DjlTensor loss = outputs.get(0);
    if (loss.shape().rank() != 0) {
      throw new ShapeException(
          "the first output is the loss and must be a single number, not " + loss.shape());
    }
    return loss.unwrap();
  }

  @Override
  public final void close() {
    if (closed) {
      return;
    }
    backend.forget(this);
    release();
  }

  /** Releases what was compiled. */
  void release() {
    closed = true;
    traces.values().forEach(CompiledTrace::close);
    traces.clear();
  }
}
