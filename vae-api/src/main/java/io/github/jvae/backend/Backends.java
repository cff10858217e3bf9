package io.github.jvae.backend;

import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the backends on the classpath and chooses one. Never falls back silently. */
public final class Backends {
  /** The system property that names a backend when neither program nor configuration does. */
  public static final String PROPERTY = "vae.backend";

  private static final List<String> ARTIFACTS = List.of("vae-tensorflow", "vae-djl", "vae-nd4j");

  private Backends() {}

  /**
   * The backends on the classpath, by name; without those whose engine is not there.
   *
   * @throws VaeException if a jar's service entry is broken
   */
  public static List<BackendModule> available() {
    return loaded().stream().filter(BackendModule::isPresent).toList();
  }

  private static List<BackendModule> loaded() {
    List<BackendModule> result = new ArrayList<>();
    try {
      ServiceLoader.load(BackendModule.class).forEach(result::add);
    } catch (ServiceConfigurationError e) {
      throw new BackendException(
          "a backend on the classpath cannot be loaded (" + e.getMessage()
              + "); check that all jvae jars have the same version",
          e);
    }
    result.sort(Comparator.comparing(BackendModule::name));
    return result;
  }

  /**
   * Chooses a backend: the named one; else the one the system property {@value #PROPERTY} names;
   * else the only one there is that trains; else the only one there is.
   *
   * @param name the backend's name, or null for no preference
   * @throws VaeException if there is none, several and no name, or the name is unknown; or if the
   *     one chosen cannot run here
   */
  public static BackendModule choose(@Nullable String name) {
    String wanted = name == null ? System.getProperty(PROPERTY) : name;
    // One that is asked for and not there says itself what is missing.
    List<BackendModule> candidates = loaded().stream()
        .filter(module -> module.isPresent() || isCalled(module, wanted))
        .toList();
    BackendModule chosen = choose(wanted, candidates);
    chosen.unavailable().ifPresent(reason -> {
      throw new BackendException("backend " + chosen.name() + " cannot run here: " + reason);
    });
    return chosen;
  }

  /**
   * Chooses among candidates, whether or not the one chosen can run here.
   *
   * @param name the backend's name, or null for the only one that trains, or the only one there is
   * @throws VaeException if there is none, several and no name, or the name is unknown
   */
  public static BackendModule choose(@Nullable String name, List<BackendModule> candidates) {
    if (candidates.isEmpty()) {
      throw new BackendException(
          "no backend on the classpath; add one of the artifacts io.github.jvae:"
              + String.join(", io.github.jvae:", ARTIFACTS)
              + ", or com.microsoft.onnxruntime:onnxruntime for models that are trained");
    }
    List<BackendModule> matching = name == null
        ? unasked(candidates)
        : candidates.stream().filter(module -> isCalled(module, name)).toList();
    if (matching.isEmpty()) {
      throw new BackendException("unknown backend " + Quote.of(name) + "; on the classpath: "
          + listing(candidates) + "; another comes with its artifact, such as io.github.jvae:vae-"
          + Quote.bare(name));
    }
    if (matching.size() > 1) {
      throw new BackendException("several backends on the classpath: " + listing(matching)
          + (name == null
              ? "; name one (builder, configuration or -D" + PROPERTY + "=…)"
              : "; remove all but one of these jars"));
    }
    return matching.get(0);
  }

  private static boolean isCalled(BackendModule module, @Nullable String name) {
    return name != null && module.name().equals(name.toLowerCase(Locale.ROOT));
  }

  private static List<BackendModule> unasked(List<BackendModule> candidates) {
    List<BackendModule> training =
        candidates.stream().filter(BackendModule::canTrain).toList();
    return training.isEmpty() ? candidates : training;
  }

  private static String listing(List<BackendModule> modules) {
    return modules.stream()
        .map(module -> module.name() + " (" + module.origin() + ")")
        .collect(Collectors.joining(", "));
  }
}
