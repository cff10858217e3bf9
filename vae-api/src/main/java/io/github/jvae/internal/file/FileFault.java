package io.github.jvae.internal.file;

import io.github.jvae.error.FileException;
import io.github.jvae.error.MissingFileException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.io.EOFException;
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
import java.util.function.Supplier;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Words for what goes wrong with files: one line with the file, the fault and the cure. */
public final class FileFault {
  private FileFault() {}

  /**
   * A file that is not as it should be.
   *
   * @param fault what it is or does, such as {@code is a folder}
   * @param cure what to do about it
   */
  public static FileException of(Path file, String fault, String cure) {
    return new FileException(file, Quote.path(file) + " " + fault + "; " + cure, null);
  }

  /** A file of somebody else's whose contents are not what they should be. */
  public static FileException damaged(Path file, String fault) {
    return of(file, fault, "fetch or make the file again");
  }

  /**
   * A file whose content cannot be used.
   *
   * @param fault a sentence, such as {@code it is not UTF-8 text}
   */
  public static FileException unreadable(
      Path file, String fault, String cure, @Nullable Throwable cause) {
    String message = "cannot read " + Quote.path(file) + ": " + fault + "; " + cure;
    return cause instanceof NoSuchFileException
        ? new MissingFileException(file, message, cause)
        : new FileException(file, message, cause);
  }

  /** A file that is not there, where one that makes up something is looked for. */
  public static FileException missing(Path file, String cure, @Nullable Throwable cause) {
    return new MissingFileException(
        file, "cannot read " + Quote.path(file) + ": there is no such file; " + cure, cause);
  }

  /** A file that the system, or the decompressor, does not let us read. */
  public static FileException unreadable(Path file, IOException cause) {
    if (cause instanceof EOFException) {
      return new FileException(
          file,
          Quote.path(file) + " is cut short in its compressed data; fetch or make the file again",
          cause);
    }
    if (cause instanceof ZipException) {
      return new FileException(
          file,
          Quote.path(file) + " is not intact gzip data (" + cause.getMessage()
              + "); fetch the file again",
          cause);
    }
    String cure = cause instanceof NoSuchFileException
        ? "check the path"
        : "check that it is what it should be, that you may read it, and that the disk is sound";
    return unreadable(file, reason(cause), cure, cause);
  }

  /** A file or folder that cannot be written. */
  public static FileException unwritable(Path file, IOException cause) {
    return unwritable(file, cause, writingCure(cause));
  }

  /** A file or folder that cannot be written, with a cure of the caller's. */
  public static FileException unwritable(Path file, IOException cause, String cure) {
    return new FileException(
        file, "cannot write " + Quote.path(file) + ": " + reason(cause) + "; " + cure, cause);
  }

  private static String writingCure(IOException cause) {
    String reason = reason(cause).toLowerCase(Locale.ROOT);
    if (reason.contains("space") || reason.contains("quota")) {
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

  /** Why the operating system refused, without the path that Java puts in front. */
  public static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such file or folder";
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
    String text = cause instanceof FileSystemException fault && fault.getReason() != null
        ? fault.getReason()
        : cause.getMessage();
    return text == null || text.isBlank() ? cause.getClass().getSimpleName() : text;
  }

  /**
   * Reads something out of a file; what is wrong with it is told with the file's name in front.
   *
   * @throws VaeException as the reading does
   */
  public static <T> T within(Path file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (VaeException e) {
      // A fault of the file itself, such as one that is missing, names it already.
      throw e instanceof FileException fault && fault.concerns(file)
          ? e
          : new FileException(file, Quote.path(file) + ": " + e.getMessage(), e);
    }
  }

  /** A fault with what was caught, if anything was. */
  public static VaeException fault(String message, @Nullable Throwable cause) {
    return new VaeException(message, cause);
  }
}
