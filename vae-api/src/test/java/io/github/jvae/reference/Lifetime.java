package io.github.jvae.reference;

import io.github.jvae.error.ClosedException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Whether something may still be used; what it belongs to may end it too. Threads take turns by the
 * lock of the outermost.
 */
final class Lifetime {
  private final String owner;
  private final Lifetime within;
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile boolean closed;

  private Lifetime(String owner, Lifetime within) {
    this.owner = owner;
    this.within = within;
  }

  /** Of something that belongs to nothing else. */
  static Lifetime of(String owner) {
    return new Lifetime(owner);
  }

  private Lifetime(String owner) {
    this.owner = owner;
    this.within = this;
  }

  /** Of something that ends with this. */
  Lifetime part(String part) {
    requireOpen();
    return new Lifetime(part, this);
  }

  /** Does something when no other thread uses anything of the same outermost owner. */
  <T> T inTurn(Supplier<T> use) {
    if (within != this) {
      return within.inTurn(use);
    }
    turn.lock();
    try {
      return use.get();
    } finally {
      turn.unlock();
    }
  }

  void requireOpen() {
    if (within != this) {
      within.requireOpen();
    }
    if (closed) {
      throw new ClosedException(owner + " is closed");
    }
  }

  void close() {
    // Whoever waits for a turn is refused from here on.
    closed = true;
  }
}
