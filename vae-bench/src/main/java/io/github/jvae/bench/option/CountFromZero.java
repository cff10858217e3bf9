package io.github.jvae.bench.option;

/** Reads a whole number of at least 0. */
public final class CountFromZero extends BoundedInteger {
  /** Made by picocli. */
  public CountFromZero() {
    super(0, Integer.MAX_VALUE);
  }
}
