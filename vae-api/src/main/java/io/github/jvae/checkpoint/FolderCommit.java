package io.github.jvae.checkpoint;

import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.Disk;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces several files of a folder as one step.
 *
 * <p>The new files are first written to a sub-folder {@code .saving-…} and made durable. Renaming
 * that to {@code .committed-save} is the step: before it the old files count, after it the new ones
 * do. Only then are the files moved to their places, one by one, and the emptied sub-folder is
 * removed. If the machine stops in between, readers prefer what lies in {@code .committed-save},
 * and the next writer finishes the moving. So there is no moment at which a mixture is read, or at
 * which neither the old nor the new files are whole.
 *
 * <p>Why not swap whole folders by rename? That needs two renames, between which the folder is
 * missing, and would carry away what else lies in it: the history, the best model's folder, the
 * user's own notes. Why not only mark the files with a common identity? That finds a mixture, but
 * by then the old files are gone. (The identity is kept too, for files that people mix by hand: see
 * {@link ModelFolder}.)
 *
 * <p>One thread at a time writes to a folder, see {@link FolderOwner}; any number may read
 * meanwhile.
 */
final class FolderCommit {
  /** Holds a complete save whose files are not all in their places yet. */
  static final String COMMITTED = ".committed-save";

  /** Begins the name of the sub-folder of a save that is not complete. */
  static final String SAVING = ".saving-";

  private static final Logger LOG = LoggerFactory.getLogger(FolderCommit.class);

  private final Disk disk;
  private final Path folder;

  /** Whether the latest save got as far as to count. */
  private boolean counts;

  FolderCommit(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** Where a file's valid content is now; it may be missing there. */
  Path locate(String name) {
    Path committed = folder.resolve(COMMITTED).resolve(name);
    return Files.exists(committed) ? committed : folder.resolve(name);
  }

  /**
   * Whether a save that is not yet in its place removes the file: an empty one among its files
   * stands for that.
   */
  boolean isRemoved(String name) {
    try {
      return Files.size(folder.resolve(COMMITTED).resolve(name)) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the folder has the file, counting a save that is not yet in its place. */
  boolean has(String name) {
    return !isRemoved(name) && Files.isRegularFile(locate(name));
  }

  /**
   * Replaces files.
   *
   * @param files the new contents by name; the folder is there
   * @param removed files that do not belong to the new state
   * @throws IOException if it fails; the folder then reads as before, unless only the moving of the
   *     complete new files failed, and then as after
   */
  void replace(SortedMap<String, AtomicFile.Content> files, List<String> removed)
      throws IOException {
    counts = false;
    finish();
    Path saving = folder.resolve(SAVING + UUID.randomUUID());
    boolean committed = false;
    try {
      disk.createDirectories(saving);
      for (Map.Entry<String, AtomicFile.Content> file : files.entrySet()) {
        AtomicFile.writeNew(disk, saving.resolve(file.getKey()), file.getValue());
      }
      for (String name : removed) {
        AtomicFile.writeNew(disk, saving.resolve(name), channel -> {});
      }
      disk.syncDirectory(saving);
      disk.move(saving, folder.resolve(COMMITTED));
      committed = true;
      counts = true;
    } finally {
      if (!committed) {
        discardQuietly(saving);
      }
    }
    disk.syncDirectory(folder);
    moveIntoPlace();
  }

  /** Whether the latest {@link #replace}, failed or not, made the folder read as after it. */
  boolean counts() {
    return counts;
  }

  /** Finishes a save that was interrupted after it was complete, and clears away one before. */
  void finish() throws IOException {
    if (Files.isDirectory(folder.resolve(COMMITTED))) {
      LOG.info("{}: putting the files of an interrupted, complete save into their places", folder);
      moveIntoPlace();
    }
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, SAVING + "*")) {
      leftovers.forEach(this::discardQuietly);
    }
  }

  private void moveIntoPlace() throws IOException {
    Path committed = folder.resolve(COMMITTED);
    for (Path file : list(committed)) {
      Path target = folder.resolve(file.getFileName());
      if (Files.size(file) == 0) {
        // The target first: while the empty file is there, readers take the target for removed.
        disk.delete(target);
        disk.delete(file);
      } else {
        disk.move(file, target);
      }
    }
    // The sub-folder must not be gone from a disk that has not heard of the files' new places.
    disk.syncDirectory(folder);
    disk.delete(committed);
    disk.syncDirectory(folder);
  }

  private void discardQuietly(Path saving) {
    try {
      for (Path file : list(saving)) {
        AtomicFile.deleteQuietly(disk, file);
      }
    } catch (IOException ignored) {
      // Nothing reads it; the next save tries again.
    }
    AtomicFile.deleteQuietly(disk, saving);
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
        stream.forEach(files::add);
      }
    }
    files.sort(null);
    return files;
  }
}
