package io.github.jvae.bench.option;

import io.github.jvae.backend.BackendOptions;

/** Reads how many threads an engine is to have. */
public final class ThreadCount extends BoundedInteger {
  /** Made by picocli. */
  public ThreadCount() {
    super(1, BackendOptions.MOST_THREADS);
  }
}
