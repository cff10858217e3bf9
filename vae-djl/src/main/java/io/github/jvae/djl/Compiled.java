package io.github.jvae.djl;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.support.BatchSplit;
import io.github.jvae.backend.support.CompiledComputation;
import io.github.jvae.backend.support.SplitPrograms;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;

/** A computation and its programs, which are scripts. */
abstract class Compiled extends CompiledComputation<DjlBackend, SplitPrograms<CompiledTrace>> {
  private final boolean differentiated;

  /** @param differentiated whether gradients are taken of the computation */
  Compiled(DjlBackend backend, Computation computation, boolean differentiated) {
    super(backend, computation);
    this.differentiated = differentiated;
  }

  /**
   * Makes a script of a recording, as the kind of executable needs it.
   *
   * @param share what the program's part of a batch contributes to a mean over the whole
   */
  abstract CompiledTrace compile(DjlTrace trace, List<DjlTensor> outputs, double share);

  final boolean isDifferentiated() {
    return differentiated;
  }

  /** Runs a program. */
  static List<HostTensor> run(SplitPrograms<CompiledTrace> trace, HostTensor... inputs) {
    return DjlFault.guard("run a computation", () -> trace.run(inputs));
  }

  @Override
  protected final SplitPrograms<CompiledTrace> prepare(List<Shape> shapes) {
    BatchSplit wanted = split(shapes);
    BatchSplit split = wanted.parts() > 1 && callsBlocks(shapes)
        ? BatchSplit.whole(backend().info().threads())
        : wanted;
    return new SplitPrograms<>(split, part -> {
      DjlTrace trace = backend().newTrace(differentiated);
      List<DjlTensor> outputs =
          recordShapes(trace, shapes.stream().map(s -> split.shape(s, part)).toList());
      CompiledTrace compiled =
          DjlFault.guard("prepare a computation", () -> compile(trace, outputs, split.share(part)));
      compiled.multiplies(trace.multiplications());
      return compiled;
    });
  }

  /** Whether a DJL block takes part, which one thread at a time may use. */
  private boolean callsBlocks(List<Shape> shapes) {
    DjlTrace trace = backend().newTrace(differentiated);
    recordShapes(trace, shapes);
    return !trace.blockCalls().isEmpty();
  }

  private List<DjlTensor> recordShapes(DjlTrace trace, List<Shape> shapes) {
    return record(trace, shapes.stream().map(trace::input).toList());
  }

  @Override
  protected void release(SplitPrograms<CompiledTrace> trace) {
    trace.close();
  }
}
