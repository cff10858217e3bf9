package io.github.jvae.backend.support;

import io.github.jvae.error.ClosedException;
import io.github.jvae.error.VaeException;
import java.lang.ref.Reference;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Who may use a backend, and until when: either one thread that may change something, or a few that
 * change nothing but what is their own, in the order in which they came; and none once it is
 * closed. Whoever closes waits for the uses under way; those who wait behind it are refused.
 */
public final class Lifecycle {
  /** More runs at once than there are processors gain nothing, and each needs memory. */
  private static final int MOST_LANES = 8;

  private static final int LANES = Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors());

  private final String backend;

  /** Fair, else a training would leave no turn to those who use the model meanwhile. */
  private final ReentrantReadWriteLock turn = new ReentrantReadWriteLock(true);

  private final Semaphore lanes = new Semaphore(LANES, true);

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
    boolean inTurn = turn.isWriteLockedByCurrentThread() || turn.getReadHoldCount() > 0;
    if (inTurn ? closed : closing) {
      throw new ClosedException("this " + backend + " backend is closed; make another");
    }
  }

  /** Returns how many uses that change nothing may be under way at once. */
  static int lanes() {
    return LANES;
  }

  /**
   * Begins a use that changes nothing, as soon as no other thread has one that may and a lane is
   * free. It contains none that may change something, as that would wait for its end.
   *
   * @throws VaeException if the backend is closed by then
   */
  void enterLane() {
    requireOpen();
    turn.readLock().lock();
    try {
      requireOpen();
      // Within the lock: else a lane's owner could wait for one who waits for a lane.
      lanes.acquireUninterruptibly();
    } catch (RuntimeException | Error e) {
      turn.readLock().unlock();
      throw e;
    }
  }

  /** Ends a use that {@link #enterLane} began. */
  void leaveLane() {
    lanes.release();
    turn.readLock().unlock();
  }

  /**
   * Uses the backend when it is this thread's turn. A use may contain others.
   *
   * @throws VaeException if the backend is closed by then
   */
  <T> T use(Supplier<T> use) {
    requireOpen();
    turn.writeLock().lock();
    try {
      requireOpen();
      return use.get();
    } finally {
      turn.writeLock().unlock();
      // Else what the engine frees with unreachable objects could go while it is used.
      Reference.reachabilityFence(use);
    }
  }

  /** Does something when no other thread uses the backend, closed or not. */
  void alone(Runnable action) {
    turn.writeLock().lock();
    try {
      action.run();
    } finally {
      turn.writeLock().unlock();
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
