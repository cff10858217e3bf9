package io.github.jvae.bench.option;

import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.DownloadLines;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataReading;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where data sets come from. */
public final class DataOptions {
  /** The flag by which a command that reads data is known. */
  static final String FOLDER = "--data-dir";

  @Option(
      names = FOLDER,
      paramLabel = "DIR",
      description = "A folder that holds data sets; looked into before anything is downloaded.")
  private @Nullable Path folder;

  @Option(names = "--offline", description = "Never download.")
  private boolean offline;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Use only the first N examples of each part. All are read before, as what"
          + " columns and images are is told by all of them.")
  private @Nullable Integer limit;

  private Options reading = Options.none();

  /**
   * What holds where nothing else is given: as a model was trained.
   *
   * @param limit how many examples to keep; null for all
   * @param folder that held the data set; null for the usual places
   * @param reading how the data were read from a path; null for as a format does by itself
   */
  public record Otherwise(
      @Nullable Integer limit,
      @Nullable Path folder,
      @Nullable DataReading reading) {}

  /**
   * Opens a data set.
   *
   * @param nameOrPath what to open
   * @throws io.github.jvae.error.VaeException if it is not there or not in order
   */
  public DataParts open(String nameOrPath, Console console) {
    return open(nameOrPath, new Otherwise(null, null, null), console);
  }

  /**
   * Opens a data set.
   *
   * @param nameOrPath what to open
   * @throws io.github.jvae.error.VaeException if it is not there or not in order
   */
  public DataParts open(String nameOrPath, Otherwise otherwise, Console console) {
    try (DownloadLines downloads = new DownloadLines(console)) {
      DataSource source = DataSource.standard().listener(downloads).reading(reading);
      source = otherwise.reading() == null ? source : source.like(otherwise.reading());
      Path holder = folder == null ? otherwise.folder() : folder;
      source = holder == null ? source : source.dataFolder(holder);
      DataParts data = (offline ? source.offline() : source).open(nameOrPath);
      data.notes().forEach(console::note);
      Integer kept = limit == null ? otherwise.limit() : limit;
      return kept == null ? data : data.limit(kept);
    }
  }

  /** Takes what a flag of {@link ReadingFlags} was given; null for nothing. */
  void read(String option, @Nullable OptionValue value) {
    reading = value == null ? reading.without(option) : reading.with(option, value);
  }

  /** The folder that holds data sets; null for the usual places. */
  public @Nullable Path folder() {
    return folder;
  }

  /** How many examples are used at most; null for all. */
  public @Nullable Integer limit() {
    return limit;
  }
}
