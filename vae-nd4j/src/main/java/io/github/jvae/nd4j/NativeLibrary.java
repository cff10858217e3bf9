package io.github.jvae.nd4j;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import org.bytedeco.javacpp.Loader;

/**
 * ND4J's native code for one platform, sought without loading it.
 *
 * @param platform as the classifiers of the artifacts name it, such as {@code linux-x86_64}
 * @param onClasspath whether there is such a resource
 */
record NativeLibrary(String platform, Predicate<String> onClasspath) {
  private static final List<String> PUBLISHED =
      List.of("linux-x86_64", "macosx-x86_64", "windows-x86_64");

  /** The portable one first: it is as fast, as oneDNN looks at the processor itself. */
  private static final List<String> WITH_ONEDNN =
      List.of("-onednn", "-onednn-avx512", "-onednn-avx2");

  private static final List<String> WITHOUT_ONEDNN = List.of("", "-avx512", "-avx2", "-compat");

  static NativeLibrary ofThisPlatform() {
    return new NativeLibrary(
        Loader.Detector.getPlatform(),
        resource -> NativeLibrary.class.getClassLoader().getResource(resource) != null);
  }

  /** Why ND4J cannot run here, and how to mend it; empty if it can. */
  Optional<String> unavailable() {
    if (!PUBLISHED.contains(platform)) {
      return Optional.of("ND4J is not published with oneDNN for " + platform + " (only for "
          + String.join(", ", PUBLISHED) + "); use another backend");
    }
    if (!hasOneDnn() && !has(WITHOUT_ONEDNN)) {
      return Optional.of(missing("org.nd4j:nd4j-native:" + version(), platform + "-onednn"));
    }
    if (!onClasspath.test("org/bytedeco/openblas/" + platform + "/" + file("jniopenblas"))) {
      return Optional.of(missing("org.bytedeco:openblas", platform));
    }
    if (!onClasspath.test("org/bytedeco/javacpp/" + platform + "/" + file("jnijavacpp"))) {
      return Optional.of(missing("org.bytedeco:javacpp", platform));
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

  private static String missing(String artifact, String classifier) {
    return "its native library is not on the classpath; add the artifact " + artifact
        + " with classifier " + classifier;
  }

  private boolean hasOneDnn() {
    return has(WITH_ONEDNN);
  }

  private boolean has(List<String> extensions) {
    // A file and not its folder: jars need not list folders.
    return extensions.stream()
        .anyMatch(extension -> onClasspath.test("org/nd4j/linalg/cpu/nativecpu/bindings/" + platform
            + extension + "/" + file("jnind4jcpu")));
  }

  private String file(String library) {
    if (platform.startsWith("windows")) {
      return library + ".dll";
    }
    return "lib" + library + (platform.startsWith("macosx") ? ".dylib" : ".so");
  }

  /** The version of the Java binding, as its artifact notes it. */
  static String version() {
    String path = "META-INF/maven/org.nd4j/nd4j-native/pom.properties";
    Properties properties = new Properties();
    try (InputStream in = NativeLibrary.class.getClassLoader().getResourceAsStream(path)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // A jar repacked in a way that hides the note: the name alone has to do.
    }
    return properties.getProperty("version", "(unknown version)");
  }
}
