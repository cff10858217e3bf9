package io.github.jvae.bench.report;

import java.io.IOException;
import java.nio.file.Path;

/** A folder whose content somebody else may have packed, with links that lead out of it. */
record RealFolder(Path path) {
  /**
   * Returns whether a file is in the folder or below, once all links on the way are followed.
   *
   * @throws IOException if the file or the folder is not there, or may not be looked into
   */
  boolean holds(Path file) throws IOException {
    return file.toRealPath().startsWith(path.toRealPath());
  }
}
