package io.github.jvae.bench.compare;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.bench.fork.ForkedJava;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The class path of each engine alone: this program's, without what belongs to other engines.
 *
 * <p>A backend's jar lists the jars that it needs in {@value #LIST}, written by the build. What one
 * engine lists and another does not, unless all do, is the first one's own. A backend without a
 * list, such as one that somebody else wrote, leaves its jars to all.
 */
final class EngineClasspath {
  /** Beside the classes of a backend. */
  static final String LIST = "META-INF/jvae/runtime-classpath.txt";

  private final List<String> all;
  private final Map<String, Set<String>> needs = new HashMap<>();
  private final Map<String, String> homes = new HashMap<>();

  /**
   * @param modules all backends on the class path
   * @param all the entries of the class path
   */
  EngineClasspath(List<BackendModule> modules, List<String> all) {
    this.all = List.copyOf(all);
    for (BackendModule module : modules) {
      String home = home(module);
      homes.put(module.name(), home);
      needs.put(module.name(), listed(module.name(), home));
    }
  }

  /** Returns the class paths of the engines that this program has. */
  static EngineClasspath of(List<BackendModule> modules) {
    return new EngineClasspath(modules, ForkedJava.classpath());
  }

  private static Set<String> listed(String backend, String home) {
    Path place = Path.of(home);
    try {
      String list = Files.isDirectory(place) ? inFolder(place) : inJar(place);
      return Stream.of(list.split("[:;\\s]+"))
          .map(EngineClasspath::fileName)
          .filter(name -> name.endsWith(".jar"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new VaeException(
          "cannot read what backend " + backend + " needs from " + home + ": "
              + FileFault.reason(e),
          e);
    }
  }

  private static String inFolder(Path folder) throws IOException {
    Path file = folder.resolve(LIST);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static String inJar(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      return "";
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(LIST);
      if (entry == null) {
        return "";
      }
      try (InputStream list = zip.getInputStream(entry)) {
        return new String(list.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private static String home(BackendModule module) {
    var source = module.getClass().getProtectionDomain().getCodeSource();
    try {
      return source == null ? "" : Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      return "";
    }
  }

  private static String fileName(String entry) {
    return entry.substring(Math.max(entry.lastIndexOf('/'), entry.lastIndexOf('\\')) + 1);
  }

  /** What a process of a backend runs with: everything but what is only other backends'. */
  List<String> of(String backend) {
    Set<String> others = new HashSet<>();
    needs.forEach((name, jars) -> {
      if (!name.equals(backend)) {
        others.addAll(jars);
      }
    });
    others.removeAll(needs.getOrDefault(backend, Set.of()));
    others.removeAll(common());
    return all.stream()
        .filter(entry -> !others.contains(fileName(entry)))
        .filter(entry -> homes.entrySet().stream()
            .noneMatch(home -> !home.getKey().equals(backend) && isSame(home.getValue(), entry)))
        .toList();
  }

  /** What every engine that has a list lists, such as the API and what that needs. */
  private Set<String> common() {
    Set<String> common = new HashSet<>();
    List<Set<String>> lists =
        needs.values().stream().filter(list -> !list.isEmpty()).toList();
    lists.forEach(common::addAll);
    lists.forEach(common::retainAll);
    return common;
  }

  private static boolean isSame(String home, String entry) {
    return Path.of(entry).toAbsolutePath().equals(Path.of(home).toAbsolutePath());
  }

  /** The entries that a backend lists as what it needs. */
  List<Path> own(String backend) {
    Set<String> jars = needs.getOrDefault(backend, Set.of());
    return all.stream()
        .filter(entry -> jars.contains(fileName(entry)))
        .map(Path::of)
        .toList();
  }
}
