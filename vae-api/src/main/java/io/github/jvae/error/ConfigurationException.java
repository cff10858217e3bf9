package io.github.jvae.error;

/**
 * What was asked for cannot be: an unknown name, a number out of range, options that contradict.
 */
public final class ConfigurationException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** @param message one line: what is wrong, where, how to mend it */
  public ConfigurationException(String message) {
    super(message);
  }

  /**
   * @param message one line: what is wrong, where, how to mend it
   * @param cause what was caught, for those who want the trace
   */
  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
