package io.github.jvae.data.source;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.data.DataReading;
import io.github.jvae.data.array.CifarFormat;
import io.github.jvae.data.array.IdxFormat;
import io.github.jvae.data.array.MatFormat;
import io.github.jvae.data.array.NpyFormat;
import io.github.jvae.data.array.NpzFormat;
import io.github.jvae.data.image.ImageFolderFormat;
import io.github.jvae.data.table.TableFormat;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.internal.file.FolderLock;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens data sets, by name or by path. Immutable.
 *
 * <p>A name is one of {@link #names()}: {@code shapes} is generated; published ones are looked for
 * in the data folder, if one is given, then in the cache folder, and are else downloaded into it.
 *
 * <p>A path leads to
 *
 * <ul>
 *   <li>a folder of IDX files ({@code train-images-idx3-ubyte}, {@code t10k-images-idx3-ubyte} and
 *       their labels, with or without {@code .gz}), or one such file, of any type and rank,
 *   <li>a folder of CIFAR-10 batches, one of them, or the archive {@code cifar-10-binary.tar.gz},
 *   <li>a NumPy array ({@code .npy}), several of them ({@code .npz}) or a MATLAB file up to
 *       {@code -v7},
 *   <li>a table in text ({@code .csv}, {@code .tsv}, with or without {@code .gz}), or a folder of
 *       {@code train.csv} and {@code test.csv}, see {@link TableFormat}, or
 *   <li>a folder of image files (PNG, JPEG, BMP, GIF, TIFF and, with a reader for it on the class
 *       path, WebP), all of one size when turned upright or made so by the option {@code resize}:
 *       in {@code train/} and {@code test/}, and {@code validation/} if there is one, or together;
 *       sub-folders are classes. Transparent pixels are laid over black, channels of more than 8
 *       bits are rounded; {@link DataParts#notes} say where that was done.
 * </ul>
 *
 * Data without a test part have every 10th image set aside, see {@link DataParts#split}. Where a
 * name and a path are the same, the name counts; {@code ./mnist} is a path.
 */
public final class DataSource {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Where data sets are looked for. */
  private record Places(
      @Nullable Path dataFolder, Path cacheFolder, boolean offline, DownloadListener listener) {}

  private final Places places;
  private final List<NamedData> named;
  private final List<DataFormat> formats;
  private final Options reading;
  private final @Nullable DataReading usual;

  private DataSource(
      Places places,
      List<NamedData> named,
      List<DataFormat> formats,
      Options reading,
      @Nullable DataReading usual) {
    this.usual = usual;
    this.places = places;
    this.named = List.copyOf(named);
    this.formats = List.copyOf(formats);
    this.reading = reading;
  }

  /**
   * Returns a source with no data folder, the default cache folder, and downloads that nobody hears
   * of. It knows the data sets and formats of jvae and those that jars on the class path list for
   * {@link ServiceLoader} under {@link NamedData} and {@link DataFormat}.
   *
   * @throws VaeException if one of those cannot be loaded, or two have one name
   */
  public static DataSource standard() {
    List<NamedData> named = new ArrayList<>(List.of(new GeneratedShapes()));
    named.addAll(PublishedData.all());
    DataSource source = new DataSource(
        new Places(null, defaultCacheFolder(), false, DownloadListener.SILENT),
        named,
        List.of(
            new IdxFormat(),
            new CifarFormat(),
            new NpyFormat(),
            new NpzFormat(),
            new MatFormat(),
            new TableFormat(),
            new ImageFolderFormat()),
        Options.none(),
        null);
    try {
      for (NamedData data : ServiceLoader.load(NamedData.class)) {
        source = source.with(data);
      }
      for (DataFormat format : ServiceLoader.load(DataFormat.class)) {
        source = source.with(format);
      }
    } catch (ServiceConfigurationError e) {
      throw new DataException(
          "a data set or format of a plugin on the classpath cannot be loaded: " + e.getMessage(),
          e);
    }
    return source;
  }

  /**
   * Returns this source with one more data set that has a name.
   *
   * @throws VaeException if the name is taken
   */
  public DataSource with(NamedData data) {
    if (isNamed(data.name())) {
      throw new DataException("there are two data sets named " + Quote.of(data.name()) + " ("
          + data.getClass().getName() + " is the second); rename one");
    }
    List<NamedData> more = new ArrayList<>(named);
    more.add(data);
    return new DataSource(places, more, formats, reading, usual);
  }

  /**
   * Returns this source with one more format, which is asked before the others.
   *
   * @throws VaeException if the name is taken
   */
  public DataSource with(DataFormat format) {
    if (formats.stream().anyMatch(other -> other.name().equals(format.name()))) {
      throw new DataException("there are two data formats named " + Quote.of(format.name()) + " ("
          + format.getClass().getName() + " is the second); rename one");
    }
    List<DataFormat> more = new ArrayList<>(formats);
    more.add(0, format);
    return new DataSource(places, named, more, reading, usual);
  }

  /** Returns this source for paths that are read as options say, which their format must know. */
  public DataSource reading(Options options) {
    return new DataSource(places, named, formats, options, usual);
  }

  /**
   * Returns this source for paths that are read as others were, where they are of that format and
   * {@link #reading} says nothing else.
   */
  public DataSource like(DataReading others) {
    return new DataSource(places, named, formats, reading, others);
  }

  private DataSource with(Places others) {
    return new DataSource(others, named, formats, reading, usual);
  }

  /** Returns this source with a folder to look into first; what {@code --data-dir} names. */
  public DataSource dataFolder(Path folder) {
    return with(new Places(folder, places.cacheFolder, places.offline, places.listener));
  }

  /** Returns this source with another folder that downloads go to, made when needed. */
  public DataSource cacheFolder(Path folder) {
    return with(new Places(places.dataFolder, folder, places.offline, places.listener));
  }

  /** Returns this source without downloads. */
  public DataSource offline() {
    return with(new Places(places.dataFolder, places.cacheFolder, true, places.listener));
  }

  /** Returns this source with somebody who hears how downloads go. */
  public DataSource listener(DownloadListener newListener) {
    return with(new Places(places.dataFolder, places.cacheFolder, places.offline, newListener));
  }

  /** Returns the folder to look into first, if there is one. */
  public Optional<Path> dataFolder() {
    return Optional.ofNullable(places.dataFolder);
  }

  /** Returns the folder that downloads go to; it need not exist. */
  public Path cacheFolder() {
    return places.cacheFolder;
  }

  /** Returns whether downloads are switched off. */
  public boolean isOffline() {
    return places.offline;
  }

  /**
   * Where downloads go if nothing else is said: {@code $VAE_CACHE}, else
   * {@code $XDG_CACHE_HOME/jvae}, else on Windows {@code %LOCALAPPDATA%\jvae}, else
   * {@code ~/.cache/jvae}.
   */
  public static Path defaultCacheFolder() {
    return defaultCacheFolder(
        System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", "."));
  }

  static Path defaultCacheFolder(Map<String, String> environment, String system, String home) {
    String own = environment.getOrDefault("VAE_CACHE", "");
    if (!own.isBlank()) {
      return Path.of(own);
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (shared.isBlank() && system.toLowerCase(Locale.ROOT).startsWith("windows")) {
      shared = environment.getOrDefault("LOCALAPPDATA", "");
    }
    return shared.isBlank() ? Path.of(home, ".cache", "jvae") : Path.of(shared, "jvae");
  }

  /** Returns the formats that {@link #open} knows, in the order in which they are asked. */
  public List<DataFormat> formats() {
    return formats;
  }

  /** Returns the data sets that {@link #open} knows by name. */
  public List<NamedData> named() {
    return named;
  }

  /** Returns the names that {@link #open} knows. */
  public List<String> names() {
    return named.stream().map(NamedData::name).toList();
  }

  /** Returns whether {@link #open} knows a name. */
  public boolean isNamed(String name) {
    return names().contains(name);
  }

  /**
   * Opens a data set.
   *
   * @param nameOrPath one of {@link #names()}, or the path of a file or folder
   * @throws VaeException if there is no such name or path, if its files are not in order, or if it
   *     can be neither found nor downloaded
   */
  public DataParts open(String nameOrPath) {
    Optional<NamedData> known =
        named.stream().filter(data -> data.name().equals(nameOrPath)).findFirst();
    if (known.isEmpty()) {
      return openPath(DataPath.of(existing(nameOrPath)));
    }
    requireKnown("data set " + Quote.of(nameOrPath) + " is known by its name", List.of());
    return known.get().open(this);
  }

  private Path existing(String nameOrPath) {
    try {
      Path path = Path.of(nameOrPath);
      if (!nameOrPath.isBlank() && Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw unknown(nameOrPath);
    }
    throw unknown(nameOrPath);
  }

  private VaeException unknown(String nameOrPath) {
    return new DataException(String.format(
        Locale.ROOT,
        "there is no data set '%s', and no file or folder of that name; known are %s, or give"
            + " the path of one of: %s",
        Quote.path(nameOrPath),
        String.join(", ", names()),
        readable()));
  }

  private DataParts openPath(DataPath path) {
    for (DataFormat format : formats) {
      if (format.recognizes(path)) {
        return open(format, path);
      }
    }
    throw ForeignFile.fault(path, readable());
  }

  private DataParts open(DataFormat format, DataPath path) {
    requireKnown(
        Quote.path(path.path()) + " is read as " + format.name(),
        format.options().stream().map(OptionDescription::name).toList());
    Options given = usual != null && usual.format().equals(format.name())
        ? usual.options().with(reading)
        : reading;
    Options complete =
        new DeclaredOptions("data format " + format.name(), format.options()).complete(given);
    DataParts data = format.open(path, complete);
    return complete.names().isEmpty() || data.reading().isPresent()
        ? data
        : data.withReading(new DataReading(format.name(), complete));
  }

  private void requireKnown(String what, List<String> known) {
    Set<String> unknown = new TreeSet<>(reading.names());
    known.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new DataException(what + " and has no option " + Quote.list(unknown) + "; leave it out"
          + (known.isEmpty() ? "" : ", or choose of " + String.join(", ", known)));
    }
  }

  /** What a path may lead to, for people to read. */
  private String readable() {
    return formats.stream().map(DataFormat::description).collect(Collectors.joining(", "));
  }

  /** Looks for a published data set, and downloads it if it is nowhere. */
  DataParts find(PublishedData data) {
    return open(data, PATIENCE);
  }

  DataParts open(PublishedData data, Duration patience) {
    Path dataFolder = places.dataFolder;
    if (dataFolder != null) {
      if (!Files.isDirectory(dataFolder)) {
        throw FileFault.of(dataFolder, "is not a folder", "check --data-dir");
      }
      Optional<DataParts> found = data.find(dataFolder);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return data.find(places.cacheFolder).orElseGet(() -> download(data, patience));
  }

  private DataParts download(PublishedData data, Duration patience) {
    if (places.offline) {
      throw missing(data, "downloads are switched off", null);
    }
    Path cacheFolder = places.cacheFolder;
    try {
      Files.createDirectories(cacheFolder);
      fetch(data, new Downloader(places.listener, patience));
    } catch (Downloader.FailedException e) {
      throw missing(data, "it cannot be downloaded: " + e.getMessage(), e);
    } catch (InterruptedIOException | ClosedByInterruptException e) {
      throw new DataException(
          "interrupted while downloading '" + data.name() + "'; start it again", e);
    } catch (IOException e) {
      throw FileFault.unwritable(
          cacheFolder, e, "free some space, or choose another cache folder (VAE_CACHE)");
    }
    return data.find(places.cacheFolder)
        .orElseThrow(() -> missing(data, "the download left nothing behind", null));
  }

  private void fetch(PublishedData data, Downloader downloader) throws IOException {
    FolderLock lock = FolderLock.acquire(places.cacheFolder.resolve("." + data.name() + ".lock"));
    try {
      data.fetch(downloader, places.cacheFolder);
    } finally {
      lock.close();
    }
  }

  private VaeException missing(PublishedData data, String reason, @Nullable Throwable cause) {
    String looked = places.dataFolder == null ? "" : places.dataFolder + " and ";
    String message = String.format(
        Locale.ROOT,
        "data set '%s' is not in %s%s, and %s; put %s, or name a folder that has it with"
            + " --data-dir",
        data.name(),
        looked,
        places.cacheFolder,
        reason,
        data.filesIn(places.cacheFolder));
    return cause == null ? new DataException(message) : new DataException(message, cause);
  }
}
