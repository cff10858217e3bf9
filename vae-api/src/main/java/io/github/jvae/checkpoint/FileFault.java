package io.github.jvae.checkpoint;

import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words for what goes wrong with files: one line with the file, the fault and the cure. */
final class FileFault {
  private FileFault() {}

  /** A file whose content cannot be used. */
  static VaeException unreadable(Path file, String fault, String cure, @Nullable Throwable cause) {
    return fault("cannot read " + file + ": " + fault + "; " + cure, cause);
  }

  /** A file that the system does not let us read. */
  static VaeException reading(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return unreadable(file, "there is no such file", "check the path", cause);
    }
    String cure = "check that it is a file, that you may read it, and that the disk is sound";
    return unreadable(file, reason(cause), cure, cause);
  }

  /** A file that cannot be written. */
  static VaeException writing(Path file, IOException cause) {
    String reason = reason(cause);
    return fault("cannot write " + file + ": " + reason + "; " + writingCure(cause, reason), cause);
  }

  /** A message on one line, whatever a stranger's file put into the names it quotes. */
  static VaeException fault(String message, @Nullable Throwable cause) {
    String line = oneLine(message);
    return cause == null ? new VaeException(line) : new VaeException(line, cause);
  }

  /** The text without line breaks and other control characters, each of which becomes a space. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }

  /** A name from a file, quoted and cut to a length that a message can bear. */
  static String quote(String name) {
    return "'" + (name.length() > 80 ? name.substring(0, 77) + "..." : name) + "'";
  }

  private static String writingCure(IOException cause, String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("space") || lower.contains("quota")) {
      return "free some space or choose another folder";
    }
    if (cause instanceof AtomicMoveNotSupportedException) {
      return "choose a folder on a local disk";
    }
    if (cause instanceof ClosedByInterruptException) {
      return "save again";
    }
    return "choose a folder that you may write to";
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "the folder does not exist";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NotDirectoryException || cause instanceof FileAlreadyExistsException) {
      return "a part of the path is a file, not a folder";
    }
    if (cause instanceof AtomicMoveNotSupportedException) {
      return "this file system cannot replace a file in one step";
    }
    if (cause instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    String text = cause instanceof FileSystemException systemFault
        ? systemFault.getReason()
        : cause.getMessage();
    return text == null || text.isBlank() ? cause.getClass().getSimpleName() : text;
  }
}
