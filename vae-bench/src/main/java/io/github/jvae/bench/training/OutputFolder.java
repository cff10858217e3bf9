package io.github.jvae.bench.training;

import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.error.FileFault;
import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder a training will write to, found fit for it before hours of work depend on it. Closing
 * it removes the folders that were made and stayed empty, so that a failed start leaves nothing.
 */
public final class OutputFolder implements AutoCloseable {
  private static final Set<String> OURS = Set.of(
      ModelFolder.CONFIG,
      ModelFolder.MODEL,
      ModelFolder.OPTIMIZER,
      ModelFolder.TRAINING,
      ModelFolder.HISTORY,
      ModelFolder.BEST,
      ".committed-save");

  private final Path path;
  private final Deque<Path> made = new ArrayDeque<>();

  private OutputFolder(Path path) {
    this.path = path;
  }

  /**
   * A folder for a new model.
   *
   * @param path need not exist
   * @param overwrite whether a model that is there may be replaced
   * @throws VaeException if something is there that must not be replaced, or it cannot be written
   */
  public static OutputFolder forNewModel(Path path, boolean overwrite) {
    requireReplaceable(path, overwrite);
    return writable(path);
  }

  /**
   * A folder that can be written, made if it is not there.
   *
   * @throws VaeException if it cannot be written
   */
  public static OutputFolder writable(Path path) {
    OutputFolder folder = new OutputFolder(path);
    try {
      folder.make();
      folder.probe();
      return folder;
    } catch (IOException e) {
      folder.close();
      throw new VaeException(
          "cannot write to the folder " + path + ": " + FileFault.reason(e)
              + "; choose another with --out",
          e);
    }
  }

  private static void requireReplaceable(Path path, boolean overwrite) {
    if (!Files.exists(path)) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new VaeException("--out " + path + " is a file; name a new or an empty folder");
    }
    try (Stream<Path> entries = Files.list(path)) {
      Path foreign = null;
      boolean empty = true;
      for (Path entry : (Iterable<Path>) entries::iterator) {
        empty = false;
        foreign = OURS.contains(String.valueOf(entry.getFileName())) ? foreign : entry;
      }
      boolean model = new ModelFolder(path).exists();
      if (foreign != null && !model) {
        throw new VaeException("--out " + path + " is a folder of other things, such as "
            + foreign.getFileName() + ", and no model; name a new or an empty folder");
      }
      if (!empty && !overwrite) {
        throw new VaeException("--out " + path
            + (model ? " already holds a model" : " holds what is left of a training")
            + "; replace it with --overwrite, go on with --resume " + path
            + ", or name another folder");
      }
    } catch (IOException e) {
      throw new VaeException(
          "--out " + path + " cannot be looked into: " + FileFault.reason(e)
              + "; name another folder",
          e);
    }
  }

  /** Makes the folder and those above it, one by one, to know which were not there before. */
  private void make() throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = path.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
      missing.push(at);
    }
    for (Path folder : missing) {
      Files.createDirectory(folder);
      made.push(folder);
    }
  }

  /** Permissions, read-only disks and full ones all show when a file is written, not before. */
  private void probe() throws IOException {
    Path file = Files.createTempFile(path, ".probe", ".tmp");
    try {
      Files.write(file, new byte[1 << 16]);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Removes what a model that is being replaced would leave beside the new one until its first
   * epoch ends: the best weights and the history. The weights themselves stay until then.
   */
  public void forgetOldModel() {
    ModelFolder best = new ModelFolder(path).best();
    best.finishInterruptedSave();
    try {
      Files.deleteIfExists(path.resolve(ModelFolder.HISTORY));
      if (Files.isDirectory(best.path())) {
        for (String name : OURS) {
          Files.deleteIfExists(best.path().resolve(name));
        }
        removeIfEmpty(best.path());
      }
    } catch (IOException e) {
      throw new VaeException(
          "cannot replace the model in " + path + ": " + FileFault.reason(e)
              + "; remove it by hand",
          e);
    }
  }

  @Override
  public void close() {
    made.forEach(OutputFolder::removeIfEmpty);
  }

  private static void removeIfEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isEmpty()) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      // An empty folder that stays harms nobody.
    }
  }
}
