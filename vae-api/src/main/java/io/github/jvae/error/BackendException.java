package io.github.jvae.error;

/** No backend can do what was asked for here, or its engine failed at it. */
public final class BackendException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** @param message one line: what is wrong, where, how to mend it */
  public BackendException(String message) {
    super(message);
  }

  /**
   * @param message one line: what is wrong, where, how to mend it
   * @param cause what was caught, for those who want the trace
   */
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
