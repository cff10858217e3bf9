package io.github.jvae.reference;

import io.github.jvae.error.VaeException;

/**
 * Whether something may still be used; what it belongs to may end it too. Threads take turns by the
 * monitor of the outermost.
 */
final class Lifetime {
  private final String owner;
  private final Lifetime within;
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

  /** What a thread holds while it uses anything of the same outermost owner. */
  Object turn() {
    return within == this ? this : within.turn();
  }

  void requireOpen() {
    if (within != this) {
      within.requireOpen();
    }
    if (closed) {
      throw new VaeException(owner + " is closed");
    }
  }

  void close() {
    // Whoever waits for a turn is refused from here on.
    closed = true;
  }
}
