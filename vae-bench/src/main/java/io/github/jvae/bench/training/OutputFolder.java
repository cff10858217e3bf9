package io.github.jvae.bench.training;

import io.github.jvae.checkpoint.FolderOwner;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder a training will write to, found fit for it before hours of work depend on it, and kept
 * from all others until it is closed. Closing it removes the folders that were made and stayed
 * empty, so that a failed start leaves nothing.
 */
public final class OutputFolder implements AutoCloseable {
  private static final String PROBE = ".probe";
  private static final String TEMPORARY = ".tmp";

  private final Path path;
  private final Deque<Path> made = new ArrayDeque<>();
  private @Nullable FolderOwner owner;

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
    requireNothingForeign(path);
    OutputFolder folder = writable(path);
    try {
      folder.requireReplaceable(overwrite);
      return folder;
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * A folder that can be written, made if it is not there.
   *
   * @throws VaeException if it cannot be written, or another thread or process writes to it
   */
  public static OutputFolder writable(Path path) {
    OutputFolder folder = new OutputFolder(path);
    try {
      folder.make();
      folder.owner = new ModelFolder(path).own();
      folder.clearLeftovers();
      folder.probe();
      return folder;
    } catch (IOException e) {
      folder.close();
      throw new VaeException(
          "cannot write to the folder " + Quote.path(path) + ": " + FileFault.reason(e)
              + "; choose another with --out",
          e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** Before anything is written: what is there may not be ours to touch. */
  private static void requireNothingForeign(Path path) {
    OutputContents contents = OutputContents.of(path);
    if (new ModelFolder(path).exists()) {
      return;
    }
    contents.names().stream().filter(name -> !isOurs(name)).findFirst().ifPresent(name -> {
      throw contents.foreign(name, "model");
    });
  }

  private void requireReplaceable(boolean overwrite) {
    OutputContents contents = OutputContents.of(path);
    List<String> kept = contents.names().stream()
        .filter(name -> isOurs(name) && !isLeftover(name))
        .toList();
    if (overwrite || kept.isEmpty()) {
      return;
    }
    if (new ModelFolder(path).exists()) {
      throw contents.occupied(
          "already holds a model",
          "go on with --resume " + Quote.path(path) + ", or name another folder");
    }
    throw contents.occupied(
        "holds what is left of a training that saved no model, such as " + Quote.bare(kept.get(0)),
        "or name another folder");
  }

  private static boolean isOurs(String name) {
    return ModelFolder.isPart(name) || isLeftover(name);
  }

  /** Whether that is what a process left which was killed; nothing reads it. */
  private static boolean isLeftover(String name) {
    return ModelFolder.isLeftover(name) || isProbe(name);
  }

  private static boolean isProbe(String name) {
    return name.startsWith(PROBE) && name.endsWith(TEMPORARY);
  }

  /** An unfinished save is left to the next one, which clears it away; the lock is in use. */
  private void clearLeftovers() throws IOException {
    for (String name : OutputContents.of(path).names()) {
      if (isLeftover(name) && name.endsWith(TEMPORARY)) {
        Files.deleteIfExists(path.resolve(name));
      }
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
    Path file = Files.createTempFile(path, PROBE, TEMPORARY);
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
   * epoch ends: the best weights, averaged ones and the history. The weights themselves stay until
   * then.
   */
  public void forgetOldModel() {
    ModelFolder latest = new ModelFolder(path);
    try {
      Files.deleteIfExists(path.resolve(ModelFolder.HISTORY));
      // From the inside out, as a folder goes when it is empty.
      forget(latest.average());
      forget(latest.best().average());
      forget(latest.best());
    } catch (IOException e) {
      throw new VaeException(
          "cannot replace the model in " + Quote.path(path) + ": " + FileFault.reason(e)
              + "; remove it by hand",
          e);
    }
  }

  private static void forget(ModelFolder model) throws IOException {
    model.finishInterruptedSave();
    if (Files.isDirectory(model.path())) {
      for (String name : OutputContents.of(model.path()).names()) {
        if (ModelFolder.isPart(name) && Files.isRegularFile(model.path().resolve(name))) {
          Files.delete(model.path().resolve(name));
        }
      }
      removeIfEmpty(model.path());
    }
  }

  @Override
  public void close() {
    if (owner != null) {
      owner.close();
    }
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
