package io.github.jvae.error;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file or folder cannot be read, written or used; the message names it. */
public class FileException extends VaeException {
  private static final long serialVersionUID = 1L;

  private final String file;

  /**
   * @param file which it is
   * @param message one line: what is wrong with it, how to mend it
   * @param cause what was caught, or null
   */
  public FileException(Path file, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.file = file.toString();
  }

  /** Returns whether the message is about this file. */
  public boolean concerns(Path other) {
    return file.equals(other.toString());
  }
}
