package io.github.jvae.error;

/** What a model's file says is not what it must be; the message names the member. */
public class ModelFileException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** @param message one line: what is wrong, where, how to mend it */
  public ModelFileException(String message) {
    super(message);
  }

  /**
   * @param message one line: what is wrong, where, how to mend it
   * @param cause what was caught, for those who want the trace
   */
  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
