package io.github.jvae.service;

import io.github.jvae.error.VaeException;

/** A service had no room for a request; the same request may be made again later. */
public final class RejectedException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** @param message one line: what there was no room for, and how to mend it */
  RejectedException(String message) {
    super(message);
  }
}
