package io.github.jvae.djl;

import ai.djl.ndarray.NDList;
import io.github.jvae.backend.support.BatchSplit;
import io.github.jvae.backend.support.ParallelRun;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The recordings of a computation for the parts of a batch, which run at the same time. Often there
 * is one part, the whole.
 */
final class SplitTrace implements AutoCloseable {
  private final BatchSplit split;
  private final List<Part> parts = new ArrayList<>();
  private final ParallelRun all;
  private HostTensor[] inputs = {};

  /** @param compiled makes the recording of each part */
  SplitTrace(BatchSplit split, IntFunction<CompiledTrace> compiled) {
    this.split = split;
    try {
      for (int part = 0; part < split.parts(); part++) {
        parts.add(new Part(part, compiled.apply(part)));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    this.all = new ParallelRun(parts, BatchSplit.AWAKE);
  }

  /** The variables of which the scripts take gradients. */
  List<StoredVariable> differentiated() {
    return parts.get(0).trace.differentiated();
  }

  /** How many parts there are. */
  int size() {
    return parts.size();
  }

  /**
   * Runs all parts.
   *
   * @return what the computation returns; what else the scripts return waits in {@link #takeMore}
   */
  List<HostTensor> run(HostTensor... numbers) {
    inputs = numbers;
    try {
      all.run();
      return split.combine(parts.stream().map(part -> part.outputs).toList());
    } catch (RuntimeException | Error e) {
      takeMore().forEach(NDList::close);
      throw e;
    } finally {
      inputs = new HostTensor[] {};
    }
  }

  /**
   * What the script of each part returned beside its outputs in the last run. The caller closes it.
   */
  List<NDList> takeMore() {
    return parts.stream().map(Part::takeMore).toList();
  }

  @Override
  public void close() {
    parts.forEach(part -> part.trace.close());
  }

  private final class Part implements Runnable {
    private final int number;
    private final CompiledTrace trace;
    private List<HostTensor> outputs = List.of();
    private NDList more = new NDList();

    Part(int number, CompiledTrace trace) {
      this.number = number;
      this.trace = trace;
    }

    @Override
    public void run() {
      PyTorch.useThreads(split.threads());
      for (int i = 0; i < inputs.length; i++) {
        trace.write(i, inputs[i].data(), split.offset(inputs[i].shape(), number));
      }
      NDList results = trace.run();
      outputs = trace.outputs(results);
      more = results;
    }

    NDList takeMore() {
      NDList taken = more;
      more = new NDList();
      return taken;
    }
  }
}
