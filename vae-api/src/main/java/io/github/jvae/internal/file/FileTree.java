package io.github.jvae.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A file or a folder with all that is in it. */
public final class FileTree {
  private FileTree() {}

  /**
   * Removes it; links are removed, and what they lead to stays.
   *
   * @throws IOException if something of it cannot be removed; what lay deeper may be gone
   */
  public static void delete(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      // What lies deeper comes first.
      for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
