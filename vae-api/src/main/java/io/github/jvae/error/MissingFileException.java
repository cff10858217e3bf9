package io.github.jvae.error;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file or folder is not there. */
public final class MissingFileException extends FileException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file which it is
   * @param message one line: what is wrong with it, how to mend it
   * @param cause what was caught, or null
   */
  public MissingFileException(Path file, String message, @Nullable Throwable cause) {
    super(file, message, cause);
  }
}
