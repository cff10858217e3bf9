package io.github.jvae.spark;

import io.github.jvae.internal.file.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders of this machine that are used for a moment. */
final class Folders {
  private static final Logger LOG = LoggerFactory.getLogger(Folders.class);

  private Folders() {}

  /** Deletes a folder with all that is in it; what cannot be deleted is told in the log. */
  static void delete(Path folder) {
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      LOG.warn("the temporary folder {} is left behind: {}", folder, e.getMessage());
    }
  }
}
