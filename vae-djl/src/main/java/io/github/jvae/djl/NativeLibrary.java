package io.github.jvae.djl;

import ai.djl.util.Utils;
import io.github.jvae.backend.support.NativeFolder;
import io.github.jvae.backend.support.NativeFolder.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * PyTorch's native code for one platform, sought without loading it.
 *
 * @param platform as the classifiers of the artifacts name it, such as {@code linux-x86_64}
 * @param properties reads a property file on the classpath; empty if there is none
 */
record NativeLibrary(String platform, Function<String, Properties> properties) {
  private static final List<String> PUBLISHED =
      List.of("linux-x86_64", "linux-aarch64", "osx-aarch64", "win-x86_64");
  private static final String ENGINE = "pytorch-engine.properties";
  private static final String LIBRARY = "native/lib/pytorch.properties";
  private static final String BINDING = "jnilib/pytorch.properties";

  /** The folder that DJL unpacks native code into. */
  static final NativeFolder FOLDER = new NativeFolder(
      "DJL",
      "DJL_CACHE_DIR",
      List.of(new Setting("ENGINE_CACHE_DIR", true), new Setting("DJL_CACHE_DIR", true)),
      NativeFolder.home(".djl.ai"));

  static NativeLibrary ofThisPlatform() {
    return new NativeLibrary(
        classifier(System.getProperty("os.name"), System.getProperty("os.arch")),
        NativeLibrary::read);
  }

  /**
   * Returns the classifier as DJL's own detection does, which would also go and look for graphics
   * cards.
   */
  static String classifier(String system, String processor) {
    String name = system.toLowerCase(Locale.ROOT);
    String os = name.startsWith("win") ? "win" : name.startsWith("mac") ? "osx" : name;
    return os + "-" + ("amd64".equals(processor) ? "x86_64" : processor);
  }

  private static Properties read(String resource) {
    Properties properties = new Properties();
    try (InputStream in = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // A jar that cannot be read: what it holds is missing.
    }
    return properties;
  }

  /** Why PyTorch cannot run here, and how to mend it; empty if it can. */
  Optional<String> unavailable() {
    String pytorch = properties.apply(ENGINE).getProperty("pytorch_version", "");
    String djl = properties.apply(ENGINE).getProperty("djl_version", "");
    if (System.getenv("PYTORCH_LIBRARY_PATH") != null) {
      // A user who brings a library knows what goes with it.
      return Optional.empty();
    }
    if (!PUBLISHED.contains(platform)) {
      return Optional.of("DJL's PyTorch " + pytorch + " is not published for " + platform
          + " (only for " + String.join(", ", PUBLISHED) + "); use another backend");
    }
    if (!platform.equals(properties.apply(LIBRARY).getProperty("classifier"))) {
      return Optional.of("its native library is not on the classpath; add the artifact"
          + " ai.djl.pytorch:pytorch-native-cpu:" + pytorch + " with classifier " + platform);
    }
    if (!properties.apply(BINDING).containsKey("jni_version")) {
      return Optional.of("DJL's binding to PyTorch is not on the classpath; add the artifact"
          + " ai.djl.pytorch:pytorch-jni:" + pytorch + "-" + djl);
    }
    return Optional.empty();
  }

  /** The folder that DJL unpacks native code into. */
  static Path cache() {
    return Utils.getEngineCacheDir();
  }

  /** Whether the folder, or the nearest above it that exists, can be written. */
  static boolean isWritable(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing)) {
      Path parent = existing.getParent();
      if (parent == null) {
        return false;
      }
      existing = parent;
    }
    return Files.isDirectory(existing) && Files.isWritable(existing);
  }
}
