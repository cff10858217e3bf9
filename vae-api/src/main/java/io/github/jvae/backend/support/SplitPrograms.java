package io.github.jvae.backend.support;

import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The programs of a computation for the parts of a batch, which run at the same time. Often there
 * is one part, the whole.
 *
 * @param <P> what an engine makes of the computation for one part
 */
public final class SplitPrograms<P extends SplitPrograms.Part> implements AutoCloseable {
  private static final HostTensor[] NONE = {};

  private final BatchSplit split;
  private final List<P> parts = new ArrayList<>();
  private final ParallelRun all;
  private HostTensor[] inputs = NONE;

  /** The program for one part of a batch. */
  public interface Part extends AutoCloseable {
    /**
     * Sets an input of the next run.
     *
     * @param numbers some of which are the input's
     * @param from the first that is
     */
    void write(int input, float[] numbers, int from);

    /** Returns how many numbers a run multiplies, as far as networks do. */
    long products();

    /** Computes, in the calling thread and with so many threads for each operation. */
    void run(int threads);

    /** Returns what the last run computed, copied. */
    List<HostTensor> outputs();

    @Override
    void close();
  }

  /**
   * Makes the program of each part; if one fails, those before it are closed.
   *
   * @param made makes the one of a part
   */
  public SplitPrograms(BatchSplit split, IntFunction<P> made) {
    this.split = split;
    try {
      for (int part = 0; part < split.parts(); part++) {
        parts.add(made.apply(part));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    List<Runnable> runs = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      int number = part;
      runs.add(() -> run(number));
    }
    this.all = new ParallelRun(runs, BatchSplit.AWAKE);
  }

  private void run(int number) {
    P part = parts.get(number);
    for (int i = 0; i < inputs.length; i++) {
      part.write(i, inputs[i].data(), split.offset(inputs[i].shape(), number));
    }
    part.run(split.threads(part.products()));
  }

  /** Runs all parts and returns the outputs of the whole batch. */
  public List<HostTensor> run(HostTensor... numbers) {
    inputs = numbers;
    try {
      all.run();
    } finally {
      inputs = NONE;
    }
    return parts.size() == 1
        ? parts.get(0).outputs()
        : split.combine(parts.stream().map(Part::outputs).toList());
  }

  /** Returns how the batch is divided. */
  public BatchSplit split() {
    return split;
  }

  /** Returns the programs of the parts, at least one. */
  public List<P> parts() {
    return Collections.unmodifiableList(parts);
  }

  @Override
  public void close() {
    parts.forEach(Part::close);
  }
}
