package io.github.jvae.spark;

import io.github.jvae.error.VaeException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoints of one training in a folder that all executors see: files
 * {@code TRAINING-STEP.zip}, each an ordinary model folder that training can go on from. TRAINING
 * is a fingerprint of model, options, rows and workers, so that no training goes on from another's.
 */
final class CheckpointFiles {
  private static final String ENDING = ".zip";
  private static final int KEPT = 2;

  private final Path folder;
  private final String training;
  private final Configuration configuration;

  CheckpointFiles(String folder, String training, Configuration configuration) {
    this.folder = new Path(folder);
    this.training = training;
    this.configuration = configuration;
  }

  /** Returns the latest, if there is one. */
  Optional<byte[]> latest() {
    return at(files -> {
      List<Path> all = all(files);
      if (all.isEmpty()) {
        return Optional.empty();
      }
      try (FSDataInputStream in = files.open(all.get(all.size() - 1))) {
        return Optional.of(in.readAllBytes());
      }
    });
  }

  /** Writes one, whole or not at all, and removes those before the last two. */
  void write(long step, byte[] archive) {
    at(files -> {
      files.mkdirs(folder);
      Path target =
          new Path(folder, String.format(Locale.ROOT, "%s-%012d%s", training, step, ENDING));
      Path unfinished = target.suffix(".tmp");
      try (FSDataOutputStream out = files.create(unfinished, true)) {
        out.write(archive);
      }
      files.delete(target, false);
      if (!files.rename(unfinished, target)) {
        throw new IOException(unfinished + " cannot be renamed");
      }
      List<Path> all = all(files);
      for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
        files.delete(old, false);
      }
      return target;
    });
  }

  /** Removes all of this training. */
  void clear() {
    at(files -> {
      List<Path> all = all(files);
      for (Path file : all) {
        files.delete(file, false);
      }
      return all;
    });
  }

  /** Returns the files from the oldest to the latest. */
  private List<Path> all(FileSystem files) throws IOException {
    List<Path> found = new ArrayList<>();
    try {
      for (FileStatus file : files.listStatus(folder)) {
        String name = file.getPath().getName();
        if (name.startsWith(training + "-") && name.endsWith(ENDING)) {
          found.add(file.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      // No checkpoint was written yet, and so there is no folder.
      return found;
    }
    found.sort(Comparator.comparing(Path::getName));
    return found;
  }

  private interface Action<T> {
    T on(FileSystem files) throws IOException;
  }

  private <T> T at(Action<T> action) {
    try {
      return action.on(folder.getFileSystem(configuration));
    } catch (IOException e) {
      throw new VaeException(
          "checkpoints cannot be kept in " + folder + ": " + e.getMessage()
              + "; set checkpointDir to a folder that all executors can write",
          e);
    }
  }
}
