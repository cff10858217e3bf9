package io.github.jvae.bench.option;

/** Reads a whole number of at least 1. */
public final class PositiveInteger extends BoundedInteger {
  /** Made by picocli. */
  public PositiveInteger() {
    super(1, Integer.MAX_VALUE);
  }
}
