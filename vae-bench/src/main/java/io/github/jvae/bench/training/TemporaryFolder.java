package io.github.jvae.bench.training;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.internal.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for a training of which nothing is kept; it is removed when this is closed.
 *
 * @param path where it is
 */
public record TemporaryFolder(Path path) implements AutoCloseable {
  /**
   * Makes one.
   *
   * @param name how its name begins
   * @throws VaeException if it cannot be made
   */
  public static TemporaryFolder named(String name) {
    try {
      return new TemporaryFolder(Files.createTempDirectory(name));
    } catch (IOException e) {
      throw new VaeException(
          "cannot make a folder for temporary files: " + FileFault.reason(e)
              + "; name another place with VAE_JAVA_OPTS=-Djava.io.tmpdir=DIR",
          e);
    }
  }

  @Override
  public void close() {
    try {
      FileTree.delete(path);
    } catch (IOException e) {
      // The system clears its folder of temporary files by itself.
    }
  }
}
