package io.github.jvae.bench.training;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in the folder that {@code --out} names before anything is written there, and the words
 * for what must not be replaced.
 *
 * @param path the folder
 * @param names of what is in it, in order; empty if the folder is not there
 */
public record OutputContents(Path path, List<String> names) {
  /**
   * Looks into a folder.
   *
   * @param path need not exist
   * @throws VaeException if it is a file, or cannot be looked into
   */
  public static OutputContents of(Path path) {
    if (!Files.exists(path)) {
      return new OutputContents(path, List.of());
    }
    if (!Files.isDirectory(path)) {
      throw fault(path, " is a file; name a new or an empty folder", null);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return new OutputContents(
          path,
          entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList());
    } catch (IOException e) {
      throw fault(
          path, " cannot be looked into: " + FileFault.reason(e) + "; name another folder", e);
    }
  }

  /**
   * Returns the refusal of a folder of other things, to be thrown.
   *
   * @param foreign one of those
   * @param wanted what could be replaced
   */
  public VaeException foreign(String foreign, String wanted) {
    return fault(
        path,
        " is a folder of other things, such as " + Quote.bare(foreign) + ", and no " + wanted
            + "; name a new or an empty folder",
        null);
  }

  /**
   * Returns the refusal of what may be replaced but was not asked to be, to be thrown.
   *
   * @param holds what the folder does, such as {@code already holds a model}
   * @param otherwise what else can be done than to replace it
   */
  public VaeException occupied(String holds, String otherwise) {
    return fault(path, " " + holds + "; replace it with --overwrite, " + otherwise, null);
  }

  private static VaeException fault(Path path, String fault, @Nullable IOException cause) {
    return FileFault.fault("--out " + Quote.path(path) + fault, cause);
  }
}
