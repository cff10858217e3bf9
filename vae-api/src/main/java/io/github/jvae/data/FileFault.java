package io.github.jvae.data;

import io.github.jvae.error.VaeException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;

/** What is wrong with a file, in a line: the file, the fault, the cure. */
final class FileFault {
  private FileFault() {}

  static VaeException of(Path file, String fault, String cure) {
    return new VaeException(file + " " + fault + "; " + cure);
  }

  /** A file whose contents are not what they should be. */
  static VaeException damaged(Path file, String fault) {
    return of(file, fault, "fetch or make the file again");
  }

  /** A file that the operating system, or the decompressor, would not read. */
  static VaeException unreadable(Path file, IOException cause) {
    if (cause instanceof EOFException) {
      return new VaeException(
          file + " is cut short in its compressed data; fetch or make the file again", cause);
    }
    if (cause instanceof ZipException) {
      return new VaeException(
          file + " is not intact gzip data (" + cause.getMessage() + "); fetch the file again",
          cause);
    }
    return new VaeException("cannot read " + file + ": " + reason(cause), cause);
  }

  /** A file or folder that cannot be written. */
  static VaeException unwritable(Path file, IOException cause) {
    return new VaeException(
        "cannot write "
            + file
            + ": "
            + reason(cause)
            + "; free some space, or choose another cache folder (VAE_CACHE)",
        cause);
  }

  /** Why the operating system refused, without the path that Java puts in front. */
  static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    String detail = cause instanceof FileSystemException fault && fault.getReason() != null
        ? fault.getReason()
        : cause.getMessage();
    return detail == null ? cause.getClass().getSimpleName() : detail;
  }

  /**
   * Checks that a file is there and may be read.
   *
   * @throws VaeException if it is missing, a folder, empty or not readable
   */
  static void requireFile(Path file) {
    if (Files.isDirectory(file)) {
      throw of(file, "is a folder", "name a file");
    }
    if (!Files.exists(file)) {
      throw of(file, "does not exist", "check the path");
    }
    if (!Files.isReadable(file)) {
      throw of(file, "may not be read (permission denied)", "change its permissions");
    }
    if (size(file) == 0) {
      throw damaged(file, "is empty");
    }
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Checks that pixels fit into the heap, before anything is allocated: running out of it half-way
   * helps nobody.
   *
   * @throws VaeException if they would take more than three quarters of it
   */
  static void requireHeap(Path file, long bytes) {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes / 3 > heap / 4) {
      throw new VaeException(String.format(
          Locale.ROOT,
          "%s holds %s of pixels, too much for a Java heap of %s; raise it with -Xmx, or give"
              + " uncompressed files (IDX, CIFAR-10 batches), which are read in place",
          file,
          megabytes(bytes),
          megabytes(heap)));
    }
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", (bytes + 999_999) / 1_000_000);
  }
}
