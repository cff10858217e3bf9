package io.github.jvae.djl;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.support.BatchSplit;
import io.github.jvae.backend.support.CompiledComputation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;

/** A computation and the scripts that its recordings are. */
abstract class Compiled extends CompiledComputation<SplitTrace> {
  private final DjlBackend backend;

  Compiled(DjlBackend backend, Computation computation) {
    super(backend, computation);
    this.backend = backend;
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

  /** Runs a recording. */
  static List<HostTensor> run(SplitTrace trace, HostTensor... inputs) {
    return DjlFault.guard("run a computation", () -> trace.run(inputs));
  }

  @Override
  protected final SplitTrace prepare(List<Shape> shapes) {
    BatchSplit wanted = BatchSplit.of(examples(), shapes, backend.threads());
    BatchSplit split =
        wanted.parts() > 1 && callsBlocks(shapes) ? BatchSplit.whole(backend.threads()) : wanted;
    return new SplitTrace(split, part -> {
      DjlTrace trace = backend.newTrace(isDifferentiated());
      List<DjlTensor> outputs =
          recordShapes(trace, shapes.stream().map(s -> split.shape(s, part)).toList());
      return DjlFault.guard(
          "prepare a computation", () -> compile(trace, outputs, split.share(part)));
    });
  }

  /** Whether a DJL block takes part, which one thread at a time may use. */
  private boolean callsBlocks(List<Shape> shapes) {
    DjlTrace trace = backend.newTrace(isDifferentiated());
    recordShapes(trace, shapes);
    return !trace.blockCalls().isEmpty();
  }

  private List<DjlTensor> recordShapes(DjlTrace trace, List<Shape> shapes) {
    return record(trace, shapes.stream().map(trace::input).toList());
  }

  @Override
  protected void release(SplitTrace trace) {
    trace.close();
  }
}
