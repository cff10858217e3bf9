package io.github.jvae.error;

import io.github.jvae.internal.Quote;
import org.jspecify.annotations.Nullable;

/**
 * A failure the user can mend: its message is one line that says what is wrong, where, and how to
 * mend it. Whatever values it repeats, it stays on that line, is not endless, and holds no
 * character that commands a terminal.
 *
 * <p>Programs that treat failures differently tell them apart by type:
 * {@link ConfigurationException}, {@link FileException}, {@link ModelFileException},
 * {@link BackendException}, {@link ClosedException}, and in the packages that throw them
 * {@code ShapeException} and {@code DivergedException}.
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
   * @param cause what was caught, for those who want the trace; null for nothing
   */
  public VaeException(String message, @Nullable Throwable cause) {
    super(Quote.middle(Quote.line(message), LONGEST), cause);
  }
}
