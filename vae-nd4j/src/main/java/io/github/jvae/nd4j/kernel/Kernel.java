package io.github.jvae.nd4j.kernel;

/** An operation that knows where its numbers are: runs again and again without a new object. */
@FunctionalInterface
public interface Kernel extends Runnable {
  /** Computes. */
  @Override
  void run();

  /** Releases what it holds beside the numbers. */
  default void close() {}
}
