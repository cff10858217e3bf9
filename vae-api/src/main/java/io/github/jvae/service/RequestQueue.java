package io.github.jvae.service;

import io.github.jvae.error.ClosedException;
import io.github.jvae.error.VaeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The requests that wait, and how many are computed meanwhile: at most so many batches at once, by
 * workers or by the threads that ask.
 */
final class RequestQueue {
  private final ServiceOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Deque<Ticket<?>> tickets = new ArrayDeque<>();
  private int waiting;
  private int running;
  private boolean closing;

  RequestQueue(ServiceOptions options) {
    this.options = options;
  }

  /** How many examples wait. */
  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closing) {
      throw new ClosedException("this service is closed; make another of the model");
    }
  }

  /**
   * Lets the calling thread compute by itself, if nobody waits, nothing is to be gathered and not
   * as many compute as may; it calls {@link #leave} then.
   *
   * @throws VaeException if the service is closed
   */
  boolean tryEnter() {
    lock.lock();
    try {
      requireOpen();
      if (!options.gather().isZero() || !tickets.isEmpty() || running >= options.workers()) {
        return false;
      }
      running++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what {@link #tryEnter} or {@link #take} began. */
  void leave() {
    lock.lock();
    try {
      running--;
      if (closing) {
        work.signalAll();
      } else if (!tickets.isEmpty()) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a request.
   *
   * @throws VaeException if the service is closed, there is no room for it in time, or the thread
   *     is interrupted
   */
  void add(Ticket<?> ticket) {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      awaitRoom(ticket.rows());
      ticket.waits(true);
      tickets.addLast(ticket);
      waiting += ticket.rows();
      work.signal();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  static InterruptedRequestException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new InterruptedRequestException(e);
  }

  private void awaitRoom(int rows) throws InterruptedException {
    requireOpen();
    long left = options.whenFull() == WhenFull.REJECT ? 0 : options.patience().toNanos();
    while (waiting + rows > options.queue()) {
      if (left <= 0) {
        throw new RejectedException("the service has no room for " + rows
            + " more example(s): " + waiting + " of at most " + options.queue()
            + " wait; ask again later");
      }
      left = room.awaitNanos(left);
      requireOpen();
    }
  }

  /** Forgets a request that is over, if it still waits. */
  void forget(Ticket<?> ticket) {
    lock.lock();
    try {
      if (ticket.waits()) {
        tickets.remove(ticket);
        removed(ticket);
        room.signalAll();
        work.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void removed(Ticket<?> ticket) {
    ticket.waits(false);
    waiting -= ticket.rows();
  }

  /**
   * Returns requests for the same thing, to be computed together, as soon as there are enough of
   * them or the first has waited for long enough; {@link #leave} is called then. None once the
   * service is closed and all is done.
   */
  List<Ticket<?>> take() {
    lock.lock();
    try {
      while (!(closing && tickets.isEmpty() && running == 0)) {
        long left = running < options.workers() ? left() : Long.MAX_VALUE;
        if (left <= 0) {
          running++;
          return gather();
        }
        try {
          work.awaitNanos(left);
        } catch (InterruptedException e) {
          // Whoever interrupts a worker finds it working: only closing ends it.
        }
      }
      work.signalAll();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /** How long the next batch has to wait, in nanoseconds. */
  private long left() {
    Ticket<?> first = tickets.peekFirst();
    if (first == null) {
      return Long.MAX_VALUE;
    }
    if (closing || options.gather().isZero() || isFull(first)) {
      return 0;
    }
    return first.since() + options.gather().toNanos() - System.nanoTime();
  }

  private boolean isFull(Ticket<?> first) {
    int rows = 0;
    for (Ticket<?> ticket : tickets) {
      rows += ticket.operation() == first.operation() ? ticket.rows() : 0;
      if (rows >= options.batch()) {
        return true;
      }
    }
    return false;
  }

  private List<Ticket<?>> gather() {
    List<Ticket<?>> batch = new ArrayList<>();
    Operation<?> operation = tickets.getFirst().operation();
    int rows = 0;
    Iterator<Ticket<?>> all = tickets.iterator();
    while (all.hasNext() && rows < options.batch()) {
      Ticket<?> ticket = all.next();
      boolean fits = batch.isEmpty() || rows + ticket.rows() <= options.batch();
      if (ticket.operation() == operation && fits) {
        all.remove();
        removed(ticket);
        batch.add(ticket);
        rows += ticket.rows();
      }
    }
    room.signalAll();
    if (!tickets.isEmpty()) {
      work.signal();
    }
    return batch;
  }

  /** Takes no more requests; those that wait are still given out. */
  void close() {
    lock.lock();
    try {
      closing = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
