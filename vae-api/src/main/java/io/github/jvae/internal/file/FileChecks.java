package io.github.jvae.internal.file;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What is looked at before a file is read. */
public final class FileChecks {
  private FileChecks() {}

  /**
   * Checks that a file is there and may be read.
   *
   * @throws VaeException if it is missing, a folder, empty or not readable
   */
  public static void requireFile(Path file) {
    if (Files.isDirectory(file)) {
      throw FileFault.of(file, "is a folder", "name a file");
    }
    if (!Files.exists(file)) {
      throw FileFault.of(file, "does not exist", "check the path");
    }
    if (!Files.isReadable(file)) {
      throw FileFault.of(file, "may not be read (permission denied)", "change its permissions");
    }
    if (size(file) == 0) {
      throw FileFault.damaged(file, "is empty");
    }
  }

  public static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  /**
   * Checks that data fit into the heap, before anything is allocated: running out of it half-way
   * helps nobody.
   *
   * @throws VaeException if they would take more than three quarters of it
   */
  public static void requireHeap(Path file, long bytes) {
    if (exceedsHeap(bytes)) {
      throw new DataException(String.format(
          Locale.ROOT,
          "%s holds %s of data, too much for a Java heap of %s; raise it with -Xmx, or give"
              + " uncompressed files (NPY, IDX, CIFAR-10 batches), which are read in place",
          Quote.path(file),
          megabytes(bytes),
          heap()));
    }
  }

  /** Whether so many bytes would take more than three quarters of the heap. */
  public static boolean exceedsHeap(long bytes) {
    return bytes / 3 > Runtime.getRuntime().maxMemory() / 4;
  }

  /** The size of the heap, for people to read. */
  public static String heap() {
    return megabytes(Runtime.getRuntime().maxMemory());
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", (bytes + 999_999) / 1_000_000);
  }
}
