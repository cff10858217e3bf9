package io.github.jvae.backend.support;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Actions that each do a part of one thing, at the same time: the first in the thread that calls,
 * the others in threads that all such runs share. One that no other thread has begun when the first
 * is done is done by the caller as well, so that a busy machine costs nothing. Runs again and again
 * without a new object, for one caller at a time.
 */
public final class ParallelRun implements Runnable {
  private final Runnable first;
  private final List<Part> others;

  /**
   * @param actions at least one
   * @param awake how long the other threads stay awake after an action, so that they begin the next
   *     at once: to wake one up takes as long as a short action. Meanwhile they keep a processor
   *     from others, such as the threads of an engine.
   */
  public ParallelRun(List<? extends Runnable> actions, Duration awake) {
    this.first = actions.get(0);
    this.others = actions.stream()
        .skip(1)
        .map(action -> new Part(action, awake.toNanos()))
        .toList();
  }

  /** Runs all and returns when all have ended; fails as the first of them that failed. */
  @Override
  public void run() {
    for (int i = 0; i < others.size(); i++) {
      others.get(i).offer();
    }
    Throwable failure = null;
    try {
      first.run();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (int i = 0; i < others.size(); i++) {
      Throwable ofPart = others.get(i).await();
      failure = failure == null ? ofPart : failure;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** One of the other actions, on its way from the caller to a worker and back. */
  static final class Part {
    private enum State {
      OFFERED,
      BEGUN,
      DONE
    }

    private final Runnable action;
    private final long awakeNanos;
    private final AtomicReference<State> state = new AtomicReference<>(State.DONE);
    private volatile @Nullable Thread caller;
    private volatile @Nullable Throwable failure;

    Part(Runnable action, long awakeNanos) {
      this.action = action;
      this.awakeNanos = awakeNanos;
    }

    /** How long a worker that had this part stays awake. */
    long awakeNanos() {
      return awakeNanos;
    }

    private void offer() {
      caller = Thread.currentThread();
      failure = null;
      state.set(State.OFFERED);
      Worker.give(this);
    }

    /** Does it, unless another thread does. */
    void doUnlessBegun() {
      if (!state.compareAndSet(State.OFFERED, State.BEGUN)) {
        return;
      }
      Thread waiting = caller;
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        state.set(State.DONE);
        LockSupport.unpark(waiting);
      }
    }

    /** Sees to it that it is done; what it failed with, if it did. */
    private @Nullable Throwable await() {
      doUnlessBegun();
      long patience = System.nanoTime() + awakeNanos;
      while (state.get() != State.DONE) {
        if (System.nanoTime() - patience < 0) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      caller = null;
      return failure;
    }
  }
}
