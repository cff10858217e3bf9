package io.github.jvae.service;

import io.github.jvae.error.VaeException;

/**
 * A thread was interrupted while it waited for a service; its interrupt flag is set again, and the
 * request is not computed unless that had begun.
 */
public final class InterruptedRequestException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** @param cause by which the wait ended */
  InterruptedRequestException(InterruptedException cause) {
    super(
        "this thread was interrupted while it waited for the model's service, and its request"
            + " was dropped; the service goes on",
        cause);
  }
}
