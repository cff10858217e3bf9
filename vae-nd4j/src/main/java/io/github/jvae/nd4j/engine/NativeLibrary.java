package io.github.jvae.nd4j.engine;

import io.github.jvae.backend.support.NativeArtifact;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bytedeco.javacpp.Loader;

/**
 * ND4J's native code for one platform, sought without loading it.
 *
 * @param platform as the classifiers of the artifacts name it, such as {@code linux-x86_64}
 * @param onClasspath whether there is such a resource
 */
public record NativeLibrary(String platform, Predicate<String> onClasspath) {
  private static final List<String> PUBLISHED =
      List.of("linux-x86_64", "macosx-x86_64", "windows-x86_64");

  /** The portable one first: it is as fast, as oneDNN looks at the processor itself. */
  private static final List<String> WITH_ONEDNN =
      List.of("-onednn", "-onednn-avx512", "-onednn-avx2");

  private static final List<String> WITHOUT_ONEDNN = List.of("", "-avx512", "-avx2", "-compat");

  /** Returns the native code for the platform that this runs on. */
  public static NativeLibrary ofThisPlatform() {
    return new NativeLibrary(
        Loader.Detector.getPlatform(),
        resource -> NativeLibrary.class.getClassLoader().getResource(resource) != null);
  }

  /** Returns why ND4J cannot run here, and how to mend it; empty if it can. */
  public Optional<String> unavailable() {
    if (!PUBLISHED.contains(platform)) {
      return Optional.of("ND4J is not published with oneDNN for " + platform + " (only for "
          + String.join(", ", PUBLISHED) + "); use another backend");
    }
    if (!hasOneDnn() && !has(WITHOUT_ONEDNN)) {
      return Optional.of(
          NativeArtifact.missing("org.nd4j:nd4j-native:" + version(), platform + "-onednn"));
    }
    if (!artifact().has("org/bytedeco/openblas", "", "jniopenblas")) {
      return Optional.of(NativeArtifact.missing("org.bytedeco:openblas", platform));
    }
    if (!artifact().has("org/bytedeco/javacpp", "", "jnijavacpp")) {
      return Optional.of(NativeArtifact.missing("org.bytedeco:javacpp", platform));
    }
    return Optional.empty();
  }

  /** What to tell the user of a slow native library; empty if it is a fast one. */
  Optional<String> slow() {
    return hasOneDnn()
        ? Optional.empty()
        : Optional.of("ND4J's native library on the classpath is one without oneDNN, which is 10 to"
            + " 50 times slower; use the artifact org.nd4j:nd4j-native:" + version()
            + " with classifier " + platform + "-onednn in its place");
  }

  private boolean hasOneDnn() {
    return has(WITH_ONEDNN);
  }

  private NativeArtifact artifact() {
    return new NativeArtifact(platform, onClasspath);
  }

  private boolean has(List<String> extensions) {
    return extensions.stream()
        .anyMatch(extension ->
            artifact().has("org/nd4j/linalg/cpu/nativecpu/bindings", extension, "jnind4jcpu"));
  }

  /** Returns the version of the Java binding, as its artifact notes it. */
  public static String version() {
    return NativeArtifact.version("org.nd4j/nd4j-native", NativeLibrary.class.getClassLoader());
  }
}
