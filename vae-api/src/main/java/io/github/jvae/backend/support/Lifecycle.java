package io.github.jvae.backend.support;

import io.github.jvae.error.ClosedException;
import io.github.jvae.error.VaeException;
import java.lang.ref.Reference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Who may use a backend, and until when: one thread at a time, in the order in which they came, and
 * none once it is closed. Whoever closes waits for the use under way; those who wait behind it are
 * refused.
 */
public final class Lifecycle {
  private final String backend;

  /** Fair, else a training would leave no turn to those who use the model meanwhile. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private volatile boolean closing;
  private boolean closed;

  /** @param backend the name that users choose it by */
  Lifecycle(String backend) {
    this.backend = backend;
  }

  /**
   * Refuses a use after closing.
   *
   * @throws VaeException if the backend is closed, or is about to be and this thread has no turn
   */
  public void requireOpen() {
    if (turn.isHeldByCurrentThread() ? closed : closing) {
      throw new ClosedException("this " + backend + " backend is closed; make another");
    }
  }

  /**
   * Uses the backend when it is this thread's turn. A use may contain others.
   *
   * @throws VaeException if the backend is closed by then
   */
  <T> T use(Supplier<T> use) {
    requireOpen();
    turn.lock();
    try {
      requireOpen();
      return use.get();
    } finally {
      turn.unlock();
      // Else what the engine frees with unreachable objects could go while it is used.
      Reference.reachabilityFence(use);
    }
  }

  /** Does something when no other thread uses the backend, closed or not. */
  void alone(Runnable action) {
    turn.lock();
    try {
      action.run();
    } finally {
      turn.unlock();
    }
  }

  /** Ends all use, and releases once what there is to release. */
  void close(Runnable release) {
    closing = true;
    alone(() -> {
      if (!closed) {
        closed = true;
        release.run();
      }
    });
  }
}
