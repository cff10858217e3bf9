package io.github.jvae.error;

/** Something was used after it had been closed. */
public final class ClosedException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** @param message one line: what is closed, and what to do instead */
  public ClosedException(String message) {
    super(message);
  }
}
