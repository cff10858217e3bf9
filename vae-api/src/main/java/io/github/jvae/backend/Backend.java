package io.github.jvae.backend;

import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.util.List;
import java.util.Map;

/**
 * An engine with the variables of one model: it records computations, compiles them and runs them.
 *
 * <p>Rules for implementers, each of which the compatibility kit tests; those of threads, closing
 * and programs are kept by {@code backend.support.EngineBackend}, which a backend best extends:
 *
 * <ul>
 *   <li>A computation is recorded when it first meets a combination of input shapes, and replayed
 *       from then on; if it says that examples do not depend on each other
 *       ({@link Computation#examples}), perhaps for some of the rows.
 *   <li>Variables are read and written in their portable layout, whatever is stored.
 *   <li>Any thread may use a backend, what it compiled and its variables at any time; each call is
 *       whole, and several threads may have to wait for each other. Different backends, also of the
 *       same engine, do not.
 *   <li>Closing releases all native memory, after what is under way has ended; closing twice does
 *       nothing; use after closing is a {@link io.github.jvae.error.VaeException}, never a crash.
 *       Closing the backend closes what it compiled.
 *   <li>An executable keeps a limited number of programs, those used last.
 * </ul>
 */
public interface Backend extends AutoCloseable {

  /** The engine, its versions and the machine it runs on. */
  BackendInfo info();

  /** What this backend cannot do, each with the reason; nothing unless it says so. */
  default Map<Capability, String> gaps() {
    return Map.of();
  }

  /**
   * Checks that this backend can do something.
   *
   * @throws VaeException if it has declared that it cannot, with the reason
   */
  default void require(Capability capability) {
    String reason = gaps().get(capability);
    if (reason != null) {
      throw new BackendException("backend " + info().name() + " cannot " + capability.verb() + ": "
          + reason + "; choose another backend");
    }
  }

  /** The variables of the model. */
  Variables variables();

  /** Prepares a computation; it is recorded when it first runs. */
  Executable compile(Computation computation);

  /**
   * Prepares a computation and the gradients of its first output, which must be a single number.
   *
   * @return outputs first, then one gradient for each of {@link Variables#names()}, in that order
   *     and in the portable layout; zero where a variable is not used
   * @throws VaeException if {@link Capability#GRADIENTS} is among the {@link #gaps}
   */
  Executable compileGradients(Computation loss);

  /**
   * Prepares one step of an optimizer on the first output, which must be a single number. All
   * variables are trained; one that the loss does not use stays as it is.
   *
   * @throws VaeException if {@link Capability#TRAINING} is among the {@link #gaps}
   */
  TrainingStep compileTraining(Computation loss, Optimizer optimizer);

  /**
   * Compiles a computation, runs it once and releases it: for what is not worth keeping.
   *
   * @return the outputs
   */
  default List<HostTensor> evaluate(Computation computation, HostTensor... inputs) {
    try (Executable executable = compile(computation)) {
      return executable.run(inputs);
    }
  }

  /** Releases all native memory. */
  @Override
  void close();
}
