package io.github.jvae.backend.support;

import io.github.jvae.backend.Computation;
import io.github.jvae.error.ClosedException;
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
 * What forward computations, gradients and training steps share: a computation, and the programs
 * that its recordings become, by input shapes. A program depends on the variables too, of which it
 * may return a gradient each, so those made before a variable was created are not used after that.
 *
 * @param <B> the engine's backend
 * @param <R> what an engine makes of a computation for one combination of input shapes
 */
public abstract class CompiledComputation<B extends EngineBackend, R> implements AutoCloseable {
  /**
   * How many programs an executable keeps, those used last: batches of ever new sizes must not fill
   * the memory.
   */
  public static final int MOST_PROGRAMS = 16;

  private final B backend;
  private final Computation computation;

  /** From the one that was not used for longest to the last. */
  private final Map<List<Shape>, R> programs = new LinkedHashMap<>(MOST_PROGRAMS, 0.75f, true);

  private int inputs = -1;
  private int variables;
  private boolean closed;

  /**
   * Prepares a computation, of which nothing is recorded yet.
   *
   * @param backend whose variables it reads
   */
  protected CompiledComputation(B backend, Computation computation) {
    this.backend = backend;
    this.computation = computation;
  }

  /** Makes what runs for inputs of these shapes. */
  protected abstract R prepare(List<Shape> shapes);

  /** Releases a program that will not be run any more. */
  protected abstract void release(R program);

  /** Whether the engine can still run a program; it is released and made anew if not. */
  protected boolean isCurrent(R program) {
    return true;
  }

  /** Releases what was made beside the programs; called once, after those are released. */
  protected void releaseRest() {}

  /** Returns the backend whose variables it reads. */
  protected final B backend() {
    return backend;
  }

  /** Returns how a batch of inputs of these shapes is divided among the backend's threads. */
  protected final BatchSplit split(List<Shape> shapes) {
    return BatchSplit.of(computation.examples(), shapes, backend.info().threads());
  }

  /**
   * Refuses a use after closing.
   *
   * @throws VaeException if this or its backend is closed
   */
  protected final void requireOpen() {
    backend.lifecycle().requireOpen();
    if (closed) {
      throw new ClosedException("this executable is closed; compile the computation again");
    }
  }

  /**
   * Returns the program for some inputs, made if there is none.
   *
   * @throws VaeException if this or its backend is closed, or there are not as many inputs as at
   *     first
   */
  protected final R program(HostTensor... values) {
    requireOpen();
    List<Shape> shapes = Arrays.stream(values).map(HostTensor::shape).toList();
    if (inputs >= 0 && shapes.size() != inputs) {
      throw new VaeException("this computation takes " + inputs
          + " input(s), as in its first run, not " + shapes.size());
    }
    requireCurrentVariables();
    R present = programs.get(shapes);
    if (present != null && isCurrent(present)) {
      return present;
    }
    releaseUnlessCurrent();
    makeRoom();
    R made = prepare(shapes);
    programs.put(shapes, made);
    inputs = shapes.size();
    return made;
  }

  private void requireCurrentVariables() {
    int present = backend.engineVariables().stored().size();
    if (present != variables) {
      releasePrograms();
      variables = present;
    }
  }

  private void releaseUnlessCurrent() {
    for (R program : List.copyOf(programs.values())) {
      if (!isCurrent(program)) {
        programs.values().remove(program);
        release(program);
      }
    }
  }

  private void makeRoom() {
    if (programs.size() == MOST_PROGRAMS) {
      Iterator<R> leastUsed = programs.values().iterator();
      R program = leastUsed.next();
      leastUsed.remove();
      release(program);
    }
  }

  /**
   * Records the computation.
   *
   * @return the outputs, at least one
   * @throws VaeException if there are none or one is of another computation, or the computation,
   *     which is code of a user's, has closed this
   */
  protected final <T extends EngineTensor<T, ?>> List<T> record(
      EngineTrace<T, ?, ?> trace, List<T> given) {
    List<Tensor> outputs;
    try {
      outputs = computation.record(trace, List.copyOf(given));
    } catch (RuntimeException e) {
      // What an engine says of what it has released would only hide that.
      requireOpen();
      throw e;
    }
    requireOpen();
    if (outputs.isEmpty()) {
      throw new VaeException("a computation needs at least one output");
    }
    return outputs.stream().map(output -> requireOwn(trace, output)).toList();
  }

  private static <T extends EngineTensor<T, ?>> T requireOwn(
      EngineTrace<T, ?, ?> trace, Tensor output) {
    if (output.trace() != trace) {
      throw new ShapeException("a computation returned a tensor of another computation");
    }
    return trace.own(output);
  }

  /**
   * Returns the loss among the outputs: the first.
   *
   * @throws ShapeException if it is not a single number
   */
  protected static <T extends Tensor> T loss(List<T> outputs) {
    T loss = outputs.get(0);
    if (loss.shape().rank() != 0) {
      throw new ShapeException(
          "the first output is the loss and must be a single number, not " + loss.shape());
    }
    return loss;
  }

  /** Releases everything. Nothing can run after it; closing twice does nothing. */
  @Override
  public final void close() {
    if (closed) {
      return;
    }
    closed = true;
    releasePrograms();
    releaseRest();
  }

  private void releasePrograms() {
    List<R> all = new ArrayList<>(programs.values());
    programs.clear();
    all.forEach(this::release);
  }
}
