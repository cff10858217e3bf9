package io.github.jvae.spark;

import io.github.jvae.Vae;
import java.io.Serializable;

/**
 * Which engine computes in a task.
 *
 * @param backend its backend's name; empty for the only one among the jars
 * @param threads for one operation
 */
record EngineChoice(String backend, int threads) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Returns a builder of models on this engine. */
  Vae.Builder builder() {
    return Vae.builder().backend(backend.isEmpty() ? null : backend).threads(threads);
  }
}
