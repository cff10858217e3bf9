package io.github.jvae.bench.compare;

import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.training.OutputContents;
import io.github.jvae.bench.training.OutputFolder;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.internal.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The folder of a comparison: its results and report, a folder for each engine with what its model
 * shows, and the logs of processes that failed. One folder holds one run; never two mixed.
 */
public final class ComparisonFolder implements AutoCloseable {
  private static final String LOGS = "logs";
  private static final String WORK = ".work";

  private final OutputFolder folder;
  private final Set<String> ours;

  private ComparisonFolder(OutputFolder folder, Set<String> ours) {
    this.folder = folder;
    this.ours = ours;
  }

  /**
   * A folder for a new run. What is there stays until {@link #clear}.
   *
   * @param path need not exist
   * @param reports names of what a report leaves beside the results
   * @param overwrite whether a run that is there may be replaced
   * @throws VaeException if something is there that must not be replaced, or it cannot be written
   */
  public static ComparisonFolder forNewRun(Path path, Set<String> reports, boolean overwrite) {
    Set<String> ours = new HashSet<>(reports);
    ours.addAll(Set.of(ResultsFile.NAME, LOGS, WORK));
    requireReplaceable(path, ours, overwrite);
    return new ComparisonFolder(OutputFolder.writable(path), ours);
  }

  private static void requireReplaceable(Path path, Set<String> ours, boolean overwrite) {
    OutputContents contents = OutputContents.of(path);
    if (contents.names().isEmpty()) {
      return;
    }
    Path results = path.resolve(ResultsFile.NAME);
    if (!contents.names().contains(ResultsFile.NAME)) {
      throw contents.foreign(contents.names().get(0), "comparison");
    }
    if (!overwrite) {
      throw contents.occupied("already holds a comparison", "or name another folder");
    }
    ours.addAll(engines(results));
    contents.names().stream()
        .filter(name -> !ours.contains(name))
        .findFirst()
        .ifPresent(foreign -> {
          throw new VaeException("--out " + Quote.path(path) + " also holds " + Quote.bare(foreign)
              + ", which no comparison made; move it away, or name another folder");
        });
  }

  private static List<String> engines(Path results) {
    ComparisonResults before = ResultsFile.read(results);
    return before.backends().stream().map(backend -> backend.name()).toList();
  }

  /** Where it is. */
  public Path path() {
    return folder.path();
  }

  /** Removes the run that was there, the results last: until then it can be told for one. */
  public void clear() {
    // Names of engines come from a file: what is not an entry here is not this folder's to remove.
    List<String> names = new ArrayList<>(OutputContents.of(path()).names());
    names.retainAll(ours);
    names.remove(ResultsFile.NAME);
    names.add(ResultsFile.NAME);
    names.forEach(name -> remove(path().resolve(name)));
  }

  private static void remove(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      FileTree.delete(path);
    } catch (IOException e) {
      throw new VaeException(
          "cannot remove " + Quote.path(path) + ": " + FileFault.reason(e) + "; remove it by hand",
          e);
    }
  }

  /** Returns the folder of an engine. */
  Path engine(String backend) {
    return made(path().resolve(backend));
  }

  /** The standard error of a process. */
  Path log(String backend, int repetition) {
    return made(path().resolve(LOGS)).resolve(backend + "-" + repetition + ".log");
  }

  /** What is of no use after the run. */
  Path work() {
    return made(path().resolve(WORK));
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new VaeException(
          "cannot make the folder " + Quote.path(folder) + ": " + FileFault.reason(e)
              + "; choose another with --out",
          e);
    }
  }

  /** Removes what is of no use any more, and folders that stayed empty. */
  @Override
  public void close() {
    remove(path().resolve(WORK));
    Path logs = path().resolve(LOGS);
    if (Files.isDirectory(logs) && OutputContents.of(logs).names().isEmpty()) {
      remove(logs);
    }
    folder.close();
  }
}
