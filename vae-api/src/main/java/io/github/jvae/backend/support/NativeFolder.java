package io.github.jvae.backend.support;

import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that a library unpacks its native code into and loads it from, which has to be one
 * that no other user of the machine can put anything into.
 *
 * <p>Left to themselves, libraries take one in the user's home, and where that cannot be written
 * one of a well-known name among the temporary files, in which somebody else may have laid code of
 * his own for them to load. So the folder is chosen here, and the library told: the one that the
 * user has set; else the library's usual one; else one in {@code ~/.cache/jvae/natives}; else one
 * among the temporary files that is made for this user alone. It stays, so that what is unpacked
 * once is found again.
 */
public final class NativeFolder {
  private static final Logger LOG = LoggerFactory.getLogger(NativeFolder.class);

  private static final NativeFolder JNA = new NativeFolder(
      "JNA", "-Djna.tmpdir", List.of(new Setting("jna.tmpdir", false)), caches("JNA", "temp"));
  private static final NativeFolder JAVACPP = new NativeFolder(
      "JavaCPP",
      "-Dorg.bytedeco.javacpp.cachedir",
      List.of(
          new Setting("org.bytedeco.javacpp.cachedir", false),
          new Setting("org.bytedeco.javacpp.cacheDir", false)),
      home(".javacpp", "cache"));

  /**
   * What a user sets a library's folder by.
   *
   * @param name of a system property
   * @param inEnvironment whether a variable of the environment of that name comes before it
   */
  public record Setting(String name, boolean inEnvironment) {
    Optional<Path> value() {
      String variable = inEnvironment ? System.getenv(name) : null;
      String value = variable != null ? variable : System.getProperty(name, "");
      return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
    }
  }

  /** How a library tells which folder it uses. */
  @FunctionalInterface
  public interface Used {
    /**
     * Returns the folder.
     *
     * @throws IOException if the library finds none
     */
    Path folder() throws IOException;
  }

  private final String library;
  private final String advice;
  private final List<Setting> settings;
  private final @Nullable Path usual;
  private boolean chosen;
  private boolean secured;

  /**
   * Names a library's folder.
   *
   * @param library its name, for messages and for the names of folders
   * @param advice what a message tells the user to set to another folder
   * @param settings what the library goes by, most important first
   * @param usual the folder it takes if there is nothing against it; null if there is none
   */
  public NativeFolder(String library, String advice, List<Setting> settings, @Nullable Path usual) {
    this.library = library;
    this.advice = advice;
    this.settings = List.copyOf(settings);
    this.usual = usual;
  }

  /** Returns the folder of JavaCPP, by which more than one engine loads its native code. */
  public static NativeFolder javaCpp() {
    return JAVACPP;
  }

  /** Returns a path in the user's home; null if he has none, as in some containers. */
  public static @Nullable Path home(String first, String... more) {
    Path home = Path.of(System.getProperty("user.home", ""));
    return home.isAbsolute() ? home.resolve(Path.of(first, more)) : null;
  }

  /** A path below where desktops keep what programs can make again; null without a home. */
  private static @Nullable Path caches(String first, String... more) {
    String set = Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), "");
    Path caches = set.isBlank() ? home(".cache") : Path.of(set);
    return caches == null ? null : caches.resolve(Path.of(first, more));
  }

  /**
   * Makes JNA's folder safe, before it loads, unless a user lets it unpack nothing. On Linux only,
   * as backends do not use it elsewhere.
   *
   * @throws VaeException as {@link #secure} does
   */
  static void secureJna() {
    // Not asked of JNA, which may be missing.
    if (System.getProperty("os.name", "").equals("Linux") && !Boolean.getBoolean("jna.nounpack")) {
      JNA.choose();
    }
  }

  /**
   * Makes sure, before the library loads anything, that it unpacks into a folder of this user's
   * own; and the same for JNA, by which backends reach the C library. Once it has succeeded it
   * returns at once.
   *
   * @param used asked afterwards, as a program may have used the library before, elsewhere
   * @throws VaeException if the user has set a folder that others can change, or none can be made
   */
  public synchronized void secure(Used used) {
    if (secured) {
      return;
    }
    secureJna();
    choose();
    try {
      requirePrivate(PrivateFolder.ofThisProcess(), used.folder());
    } catch (IOException e) {
      throw none(FileFault.reason(e));
    }
    secured = true;
  }

  private synchronized void choose() {
    if (chosen) {
      return;
    }
    try {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir", "")).toAbsolutePath();
      choose(PrivateFolder.ofThisProcess(), caches("jvae", "natives"), temporary);
    } catch (IOException e) {
      throw none(FileFault.reason(e));
    }
    chosen = true;
  }

  /** Chooses a folder, unless the user has, and tells the library by its first setting. */
  void choose(PrivateFolder folders, @Nullable Path cache, Path temporary) {
    Optional<Path> set =
        settings.stream().flatMap(setting -> setting.value().stream()).findFirst();
    if (set.isEmpty()) {
      System.setProperty(
          settings.get(0).name(), firstSuitable(folders, cache, temporary).toString());
    } else if (exists(set.get())) {
      requirePrivate(folders, set.get());
    }
    // Else there is nothing in it to load, and the library says so or takes another.
  }

  private void requirePrivate(PrivateFolder folders, Path folder) {
    Optional<String> fault = Files.isDirectory(folder) ? folders.fault(folder) : Optional.empty();
    if (fault.isPresent()) {
      throw new BackendException(library + " would load native code from the folder "
          + Quote.path(folder.toAbsolutePath()) + ", which " + fault.get() + "; remove it, or "
          + cure());
    }
  }

  private Path firstSuitable(PrivateFolder folders, @Nullable Path cache, Path temporary) {
    String name = library.toLowerCase(Locale.ROOT);
    List<Path> candidates = new ArrayList<>();
    if (usual != null) {
      candidates.add(usual);
    }
    if (cache != null) {
      candidates.add(cache.resolve(name));
    }
    candidates.add(temporary.resolve("jvae-" + folders.user() + "-" + name));
    List<String> refused = new ArrayList<>();
    for (Path folder : candidates) {
      Optional<String> fault = unsuitable(folders, folder);
      if (fault.isEmpty()) {
        refused.forEach(
            reason -> LOG.info("{} unpacks native code into {}, as {}", library, folder, reason));
        return folder;
      }
      refused.add(folder + " " + fault.get());
    }
    throw none(String.join("; ", refused));
  }

  /** Why native code cannot be unpacked into a folder; makes it if it is missing. */
  private Optional<String> unsuitable(PrivateFolder folders, Path folder) {
    if (!exists(folder)) {
      return Optional.of("cannot be made");
    }
    // Whoever has a home may lay its folders elsewhere; what is made here is no link.
    if (Files.isSymbolicLink(folder) && !folder.equals(usual)) {
      return Optional.of("is a link");
    }
    Optional<String> fault = folders.fault(folder);
    if (fault.isPresent()) {
      return fault;
    }
    boolean usable =
        Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder);
    return usable ? Optional.empty() : Optional.of("cannot be written");
  }

  private static boolean exists(Path folder) {
    try {
      PrivateFolder.make(folder);
    } catch (IOException e) {
      // It is there all the same if another process has just made it.
    }
    return Files.isDirectory(folder);
  }

  private VaeException none(String reason) {
    return new BackendException(
        library + " has no folder to unpack native code into (" + reason + "); " + cure());
  }

  private String cure() {
    return "set " + advice + " to a folder that only you can write";
  }
}
