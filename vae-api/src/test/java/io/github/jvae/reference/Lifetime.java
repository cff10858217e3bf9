package io.github.jvae.reference;

import io.github.jvae.error.VaeException;

/** Whether something may still be used; what it belongs to may end it too. */
final class Lifetime {
  private final String owner;
  private final Lifetime within;
  private boolean closed;

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

  void requireOpen() {
    if (within != this) {
      within.requireOpen();
    }
    if (closed) {
      throw new VaeException(owner + " is closed");
    }
  }

  void close() {
    closed = true;
  }
}
