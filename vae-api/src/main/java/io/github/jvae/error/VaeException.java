package io.github.jvae.error;

/**
 * A failure the user can mend: its message is one line that says what is wrong, where, and how to
 * mend it.
 */
public class VaeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** @param message one line: what is wrong, where, how to mend it */
  public VaeException(String message) {
    super(message);
  }

  /**
   * @param message one line: what is wrong, where, how to mend it
   * @param cause what was caught, for those who want the trace
   */
  public VaeException(String message, Throwable cause) {
    super(message, cause);
  }
}
