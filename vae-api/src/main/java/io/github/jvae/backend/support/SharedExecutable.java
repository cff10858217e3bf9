package io.github.jvae.backend.support;

import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An executable whose runs change nothing but memory of their own, so that several threads may have
 * one under way, on the same variables.
 */
public interface SharedExecutable extends Executable {

  /**
   * Computes if nothing has to be prepared: there is a program for these inputs that no other
   * thread runs. May be called by several threads, while no thread is in any other method of this
   * or of its backend.
   *
   * @return the outputs, or null if there is no such program: {@link #run} prepares it, alone
   */
  @Nullable
  List<HostTensor> runIfReady(HostTensor... inputs);
}
