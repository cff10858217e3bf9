package io.github.jvae.error;

/**
 * Data that cannot be used as asked: examples of another shape than the model's, a number that has
 * no probability, a condition or a part that the data do not have.
 */
public final class DataException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** @param message one line: what is wrong, where, how to mend it */
  public DataException(String message) {
    super(message);
  }

  /**
   * @param message one line: what is wrong, where, how to mend it
   * @param cause what was caught, for those who want the trace
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
