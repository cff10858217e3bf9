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
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What forward computations, gradients and training steps share: a computation, and the programs
 * that its recordings become, by input shapes. A program depends on the variables too, of which it
 * may return a gradient each, so those made before a variable was created are not used after that.
 *
 * <p>A program has memory of its own for what it computes, so one thread at a time runs it. Where
 * several want to ({@link #runIfIdle}), further ones are made for the same shapes, which read the
 * same variables.
 *
 * @param <B> the engine's backend
 * @param <R> what an engine makes of a computation for one combination of input shapes
 */
public abstract class CompiledComputation<B extends EngineBackend, R> implements AutoCloseable {
  /**
   * For how many combinations of shapes an executable keeps programs, those used last: batches of
   * ever new sizes must not fill the memory.
   */
  public static final int MOST_PROGRAMS = 16;

  private final B backend;
  private final Computation computation;

  /**
   * From those that were not used for longest to the last. Guarded by itself where several threads
   * may be here at once.
   */
  private final Map<List<Shape>, Programs<R>> programs =
      new LinkedHashMap<>(MOST_PROGRAMS, 0.75f, true);

  /** Those used last, which are often used next. */
  private @Nullable Programs<R> last;

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

  /**
   * Makes what runs beside a program for the same inputs.
   *
   * @param program which one is there already
   */
  protected R another(R program, List<Shape> shapes) {
    return prepare(shapes);
  }

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
    Programs<R> present = programs.get(shapes);
    if (present != null && isCurrent(present.first())) {
      if (present.wantsMore()) {
        present.add(another(present.first(), shapes));
      }
      return present.first();
    }
    releaseUnlessCurrent();
    makeRoom();
    R made = prepare(shapes);
    programs.put(shapes, new Programs<>(shapes, made));
    inputs = shapes.size();
    return made;
  }

  /**
   * Runs a program for some inputs if there is one that no other thread runs; several threads may
   * call this at once, while none is elsewhere in this.
   *
   * @param run what running it is; it changes nothing else
   * @return what running it gave, or null if there is no such program
   * @throws VaeException if this or its backend is closed
   */
  protected final @Nullable List<HostTensor> runIfIdle(
      BiFunction<R, HostTensor[], List<HostTensor>> run, HostTensor... values) {
    requireOpen();
    Programs<R> ready;
    R program;
    synchronized (programs) {
      ready = find(values);
      program = ready == null ? null : ready.take();
    }
    if (ready == null || program == null) {
      return null;
    }
    try {
      return run.apply(program, values);
    } finally {
      synchronized (programs) {
        ready.giveBack(program);
      }
    }
  }

  private @Nullable Programs<R> find(HostTensor... values) {
    if (backend.engineVariables().stored().size() != variables) {
      return null;
    }
    Programs<R> found = last;
    if (found == null || !found.areFor(values)) {
      found = programs.get(Arrays.stream(values).map(HostTensor::shape).toList());
      last = found;
    }
    return found != null && isCurrent(found.first()) ? found : null;
  }

  private void requireCurrentVariables() {
    int present = backend.engineVariables().stored().size();
    if (present != variables) {
      releasePrograms();
      variables = present;
    }
  }

  private void releaseUnlessCurrent() {
    for (Programs<R> some : List.copyOf(programs.values())) {
      if (!isCurrent(some.first())) {
        programs.values().remove(some);
        release(some);
      }
    }
  }

  private void makeRoom() {
    if (programs.size() == MOST_PROGRAMS) {
      Iterator<Programs<R>> leastUsed = programs.values().iterator();
      Programs<R> some = leastUsed.next();
      leastUsed.remove();
      release(some);
    }
  }

  private void release(Programs<R> some) {
    last = null;
    some.all().forEach(this::release);
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
    List<Programs<R>> all = new ArrayList<>(programs.values());
    programs.clear();
    all.forEach(this::release);
  }
}
