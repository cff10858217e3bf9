package io.github.jvae.backend.support;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.Variables;
import io.github.jvae.error.VaeException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A backend of which any thread may do anything at any time: what the engine is asked for is done
 * one after the other, closing waits for what is under way, and what comes later is refused. An
 * engine implements the methods whose names begin with {@code new}, and releases its memory in
 * {@link #release}; they and all that they return are used by one thread at a time. Only the
 * programs of a {@link SharedExecutable} run side by side, as many at once as there are processors,
 * and nothing else is done meanwhile.
 */
public abstract class EngineBackend implements Backend {
  private final Lifecycle lifecycle;
  private final String device;
  private final Set<AutoCloseable> compiled = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Whether the engine may have memory, which closing gives back. */
  private boolean used;

  /**
   * Checks what every backend checks; the engine need not run yet.
   *
   * @param name that users choose it by
   * @param options what the backend is told
   * @param devices what it can compute on here, first the one it takes if it is left to choose
   * @param properties the keys of the engine properties it documents
   * @throws VaeException if a device or a property is asked for that it does not have
   */
  protected EngineBackend(
      String name, BackendOptions options, List<String> devices, Set<String> properties) {
    this.lifecycle = new Lifecycle(name);
    this.device = options.deviceAmong(name, devices);
    options.requireKnownProperties(name, properties);
  }

  /** Returns where this backend computes. */
  protected final String device() {
    return device;
  }

  /** Returns until when this backend may be used. */
  public final Lifecycle lifecycle() {
    return lifecycle;
  }

  /** Returns the variables, to which the caller of {@link #variables} has no direct access. */
  protected abstract EngineVariables<?> engineVariables();

  /** Prepares a computation. */
  protected abstract Executable newExecutable(Computation computation);

  /** Prepares a computation with gradients; not called where they are a declared gap. */
  protected Executable newGradients(Computation loss) {
    throw new IllegalStateException(info().name() + " has no gradients and declares no gap");
  }

  /** Prepares a step of training; not called where it is a declared gap. */
  protected TrainingStep newTrainingStep(Computation loss, Optimizer optimizer) {
    throw new IllegalStateException(info().name() + " does not train and declares no gap");
  }

  /** Releases the engine's memory, after all that was compiled has been closed; called once. */
  protected abstract void release();

  @Override
  public final Variables variables() {
    lifecycle.requireOpen();
    return new GuardedVariables(this, engineVariables());
  }

  @Override
  public final Executable compile(Computation computation) {
    return new GuardedExecutable(this, use(() -> add(newExecutable(computation))));
  }

  @Override
  public final Executable compileGradients(Computation loss) {
    lifecycle.requireOpen();
    require(Capability.GRADIENTS);
    return new GuardedExecutable(this, use(() -> add(newGradients(loss))));
  }

  @Override
  public final TrainingStep compileTraining(Computation loss, Optimizer optimizer) {
    lifecycle.requireOpen();
    require(Capability.TRAINING);
    return new GuardedTrainingStep(this, use(() -> add(newTrainingStep(loss, optimizer))));
  }

  private <C extends AutoCloseable> C add(C made) {
    compiled.add(made);
    return made;
  }

  /** Does something with the engine when it is this thread's turn. */
  final <T> T use(Supplier<T> use) {
    return lifecycle.use(() -> {
      if (!used) {
        used = true;
        FreedMemory.opened();
      }
      return use.get();
    });
  }

  /** Closes something that was compiled, when nothing runs. */
  final void close(AutoCloseable executable) {
    lifecycle.alone(() -> {
      if (compiled.remove(executable)) {
        release(executable);
      }
    });
  }

  private static void release(AutoCloseable executable) {
    try {
      executable.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("an executable declares no checked exception", e);
    }
  }

  @Override
  public final void close() {
    lifecycle.close(() -> {
      try {
        compiled.forEach(EngineBackend::release);
      } finally {
        compiled.clear();
        release();
        if (used) {
          FreedMemory.closed();
        }
      }
    });
  }
}
