package io.github.jvae.bench.option;

import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.DownloadLines;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.source.DataSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where data sets come from. */
public final class DataOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "A folder that holds data sets; looked into before anything is downloaded.")
  private @Nullable Path folder;

  @Option(names = "--offline", description = "Never download.")
  private boolean offline;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Use only the first N images of each part.")
  private @Nullable Integer limit;

  /**
   * Opens a data set.
   *
   * @param nameOrPath what to open
   * @param otherwise how many images to keep where no limit is given; null for all
   * @throws io.github.jvae.error.VaeException if it is not there or not in order
   */
  public DataParts open(String nameOrPath, @Nullable Integer otherwise, Console console) {
    return open(nameOrPath, otherwise, null, console);
  }

  /**
   * Opens a data set.
   *
   * @param nameOrPath what to open
   * @param otherwise how many images to keep where no limit is given; null for all
   * @param before the folder that held it before, where no other is given; null for none
   * @throws io.github.jvae.error.VaeException if it is not there or not in order
   */
  public DataParts open(
      String nameOrPath, @Nullable Integer otherwise, @Nullable Path before, Console console) {
    try (DownloadLines downloads = new DownloadLines(console)) {
      DataSource source = DataSource.standard().listener(downloads);
      Path holder = folder == null ? before : folder;
      source = holder == null ? source : source.dataFolder(holder);
      DataParts data = (offline ? source.offline() : source).open(nameOrPath);
      data.notes().forEach(console::note);
      Integer kept = limit == null ? otherwise : limit;
      return kept == null ? data : data.limit(kept);
    }
  }

  /** The folder that holds data sets; null for the usual places. */
  public @Nullable Path folder() {
    return folder;
  }

  /** How many images are used at most; null for all. */
  public @Nullable Integer limit() {
    return limit;
  }
}
