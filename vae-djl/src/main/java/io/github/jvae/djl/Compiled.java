package io.github.jvae.djl;

import io.github.jvae.backend.BatchSplit;
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
  private final Map<List<Shape>, SplitTrace> traces = new LinkedHashMap<>(MOST_TRACES, 0.75f, true);

  private int inputs = -1;
  private boolean closed;

  Compiled(DjlBackend backend, Computation computation) {
    this.backend = backend;
    this.computation = computation;
  }

  /**
   * Makes a script of a recording, as the kind of executable needs it.
   *
   * @param share what the recording's part of a batch contributes to a mean over the whole
   */
  abstract CompiledTrace compile(DjlTrace trace, List<DjlTensor> outputs, double share);

  /** Whether gradients are taken of the computation. */
  abstract boolean isDifferentiated();

  final DjlBackend backend() {
    return backend;
  }

  final void requireOpen() {
    backend.requireOpen();
    if (closed) {
      throw new VaeException("this executable is closed; compile the computation again");
    }
  }

  /** The recordings for some inputs. */
  final SplitTrace trace(HostTensor... values) {
    requireOpen();
    List<Shape> shapes = Arrays.stream(values).map(HostTensor::shape).toList();
    if (inputs >= 0 && shapes.size() != inputs) {
      throw new VaeException("this computation takes " + inputs
          + " input(s), as in its first run, not " + shapes.size());
    }
    SplitTrace present = traces.get(shapes);
    if (present != null) {
      return present;
    }
    SplitTrace made = prepare(shapes);
    traces.put(shapes, made);
    inputs = shapes.size();
    if (traces.size() > MOST_TRACES) {
      Iterator<SplitTrace> leastUsed = traces.values().iterator();
      release(leastUsed.next());
      leastUsed.remove();
    }
    return made;
  }

  /** Runs a recording. */
  static List<HostTensor> run(SplitTrace trace, HostTensor... inputs) {
    return EngineFault.guard("run a computation", () -> trace.run(inputs));
  }

  private SplitTrace prepare(List<Shape> shapes) {
    BatchSplit wanted = BatchSplit.of(computation.examples(), shapes, backend.threads());
    BatchSplit split =
        wanted.parts() > 1 && callsBlocks(shapes) ? BatchSplit.whole(backend.threads()) : wanted;
    return new SplitTrace(split, part -> {
      DjlTrace trace = backend.newTrace(isDifferentiated());
      List<DjlTensor> outputs =
          record(trace, shapes.stream().map(s -> split.shape(s, part)).toList());
      return EngineFault.guard(
          "prepare a computation", () -> compile(trace, outputs, split.share(part)));
    });
  }

  /** Whether a DJL block takes part, which one thread at a time may use. */
  private boolean callsBlocks(List<Shape> shapes) {
    DjlTrace trace = backend.newTrace(isDifferentiated());
    record(trace, shapes);
    return !trace.blockCalls().isEmpty();
  }

  private List<DjlTensor> record(DjlTrace trace, List<Shape> shapes) {
    List<Tensor> given = new ArrayList<>();
    shapes.forEach(shape -> given.add(trace.input(shape)));
    List<Tensor> recorded = computation.record(trace, List.copyOf(given));
    if (recorded.isEmpty()) {
      throw new VaeException("a computation needs at least one output");
    }
    return recorded.stream().map(output -> requireOwn(trace, output)).toList();
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
    traces.values().forEach(this::release);
    traces.clear();
  }

  /** Releases a recording and what was made for it. */
  void release(SplitTrace trace) {
    trace.close();
  }
}
