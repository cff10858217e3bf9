package io.github.jvae.tensorflow;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one operation. TensorFlow makes them once for the whole process, as many as the
 * first session asks for; what later ones ask for is not heeded.
 */
final class ProcessThreads {
  private static final int UNDECIDED = -1;
  private static final AtomicInteger DECIDED = new AtomicInteger(UNDECIDED);

  private ProcessThreads() {}

  /**
   * What the process has, now that a backend asks.
   *
   * @param wanted threads, or 0 for as many as there are processors
   */
  static int decide(int wanted) {
    int threads = wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
    DECIDED.compareAndSet(UNDECIDED, threads);
    return DECIDED.get();
  }
}
