package io.github.jvae.backend.support;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.function.Predicate;

/**
 * Artifacts that JavaCPP's presets put on the class path with native code for one platform, sought
 * without loading it.
 *
 * @param platform as the classifiers of the artifacts name it, such as {@code linux-x86_64}
 * @param onClasspath whether there is such a resource
 */
public record NativeArtifact(String platform, Predicate<String> onClasspath) {

  /**
   * Returns whether a library is there. A file is looked for and not its folder, as jars need not
   * list folders.
   *
   * @param folder the package of the presets, such as {@code org/bytedeco/openblas}
   * @param extension of the platform's name, such as {@code -gpu}, or empty
   * @param library without what the platform puts before and behind it
   */
  public boolean has(String folder, String extension, String library) {
    return onClasspath.test(folder + "/" + platform + extension + "/" + file(library));
  }

  private String file(String library) {
    if (platform.startsWith("windows")) {
      return library + ".dll";
    }
    return "lib" + library + (platform.startsWith("macosx") ? ".dylib" : ".so");
  }

  /** Returns the sentence that says what is missing, and how to mend it. */
  public static String missing(String artifact, String classifier) {
    return "its native library is not on the classpath; add the artifact " + artifact
        + " with classifier " + classifier;
  }

  /**
   * Returns the version of an artifact as it notes it itself.
   *
   * @param artifact its group and name, such as {@code org.nd4j/nd4j-native}
   */
  public static String version(String artifact, ClassLoader loader) {
    String path = "META-INF/maven/" + artifact + "/pom.properties";
    Properties properties = new Properties();
    try (InputStream in = loader.getResourceAsStream(path)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // A jar repacked in a way that hides the note: the name alone has to do.
    }
    return properties.getProperty("version", "(unknown version)");
  }
}
