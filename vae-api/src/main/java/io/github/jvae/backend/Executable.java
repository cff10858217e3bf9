package io.github.jvae.backend;

import io.github.jvae.error.BackendException;
import io.github.jvae.tensor.HostTensor;
import java.util.List;
import java.util.Set;

/** A compiled computation. */
public interface Executable extends AutoCloseable {

  /**
   * Computes. The first call with a new combination of input shapes records and compiles, and so
   * may one with a combination that was not used for long. Every call takes as many inputs as the
   * first.
   *
   * @param inputs not changed, and not kept after the call
   * @return the outputs, which the caller may keep
   * @throws io.github.jvae.error.VaeException if this or its backend is closed, a shape does not
   *     fit, or there are not as many inputs as at first
   */
  List<HostTensor> run(HostTensor... inputs);

  /**
   * Returns the names of the variables that the loss of the last run reaches: those that a training
   * step moves. The gradients of all others are zero for want of use.
   *
   * @throws BackendException if this computes no gradients
   */
  default Set<String> reached() {
    throw new BackendException(
        "this computation has no gradients; ask for them when it is compiled");
  }

  /** Releases what was compiled. Closing twice does nothing. */
  @Override
  void close();
}
