package io.github.jvae.backend.support;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that does parts of {@link ParallelRun}s for whoever has one, for as long as Java runs.
 */
final class Worker extends Thread {
  /** More than can run at once would be of no use, but for those that wait for a processor. */
  private static final int MOST = 2 * Runtime.getRuntime().availableProcessors();

  private static final Deque<Worker> IDLE = new ArrayDeque<>();
  private static int started;

  private volatile ParallelRun.@Nullable Part part;

  private Worker(int number) {
    super(null, null, "vae-worker-" + number, 0, false);
    setDaemon(true);
  }

  /** Has a part done soon, if there is a worker for it. */
  static void give(ParallelRun.Part part) {
    Worker worker;
    synchronized (IDLE) {
      // The one that did something last is awake, if any is.
      worker = IDLE.pollLast();
      if (worker == null && started < MOST) {
        worker = new Worker(++started);
        worker.part = part;
        worker.start();
        return;
      }
    }
    if (worker != null) {
      worker.part = part;
      LockSupport.unpark(worker);
    }
  }

  @Override
  public void run() {
    long awakeNanos = 0;
    while (true) {
      ParallelRun.Part next = await(awakeNanos);
      awakeNanos = next.awakeNanos();
      next.doUnlessBegun();
      part = null;
      synchronized (IDLE) {
        IDLE.addLast(this);
      }
    }
  }

  private ParallelRun.Part await(long awakeNanos) {
    long patience = System.nanoTime() + awakeNanos;
    ParallelRun.Part given = part;
    while (given == null) {
      if (System.nanoTime() - patience < 0) {
        onSpinWait();
      } else {
        LockSupport.park(this);
      }
      given = part;
    }
    return given;
  }
}
