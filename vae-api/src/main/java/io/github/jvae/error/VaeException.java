package io.github.jvae.error;

/**
 * A failure the user can mend: its message is one line that says what is wrong, where, and how to
 * mend it. Whatever values it repeats, it stays on that line, is not endless, and holds no
 * character that commands a terminal.
 */
public class VaeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** More than any message has that quotes what it quotes by {@link Quote}. */
  private static final int LONGEST = 4000;

  /** @param message one line: what is wrong, where, how to mend it */
  public VaeException(String message) {
    super(Quote.middle(Quote.line(message), LONGEST));
  }

  /**
   * @param message one line: what is wrong, where, how to mend it
   * @param cause what was caught, for those who want the trace
   */
  public VaeException(String message, Throwable cause) {
    super(Quote.middle(Quote.line(message), LONGEST), cause);
  }
}
