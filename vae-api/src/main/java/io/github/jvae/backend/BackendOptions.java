package io.github.jvae.backend;

import io.github.jvae.error.VaeException;

/**
 * What a backend is told when it starts.
 *
 * @param threads processor threads for one operation; 0 leaves it to the engine
 * @param precision the precision of matrix products
 */
public record BackendOptions(int threads, Precision precision) {
  /** More than any processor has use for; with tens of thousands engines hang or crash. */
  public static final int MOST_THREADS = 1024;

  /** @throws VaeException if the number of threads is negative or above {@link #MOST_THREADS} */
  public BackendOptions {
    if (threads < 0 || threads > MOST_THREADS) {
      throw new VaeException("threads must be from 0 (the engine's choice) to " + MOST_THREADS
          + ", not " + threads + "; more than there are processors make nothing faster");
    }
  }

  /** As many threads as the engine likes, single precision. */
  public static BackendOptions defaults() {
    return new BackendOptions(0, Precision.FLOAT32);
  }
}
