package io.github.jvae.tensorflow;

import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.support.NativeArtifact;
import io.github.jvae.backend.support.NativeEnvironment;
import io.github.jvae.backend.support.NativeFolder;
import io.github.jvae.error.VaeException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;

/**
 * TensorFlow's native code for one platform, sought without loading it.
 *
 * @param platform as the classifiers of the artifacts name it, such as {@code linux-x86_64}
 * @param onClasspath whether there is such a resource
 */
record NativeLibrary(String platform, Predicate<String> onClasspath) {
  private static final List<String> PUBLISHED =
      List.of("linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64");
  private static final String GPU = "-gpu";

  /**
   * Without it the engine uses oneDNN only on processors with instructions for neural networks; on
   * others, a Zen 3 say, its own convolutions take half as long again.
   */
  private static final String ONEDNN = "TF_ENABLE_ONEDNN_OPTS";

  /** The device that is always there. */
  static final String CPU = "cpu";

  static NativeLibrary ofThisPlatform() {
    return new NativeLibrary(
        Loader.Detector.getPlatform(),
        resource -> NativeLibrary.class.getClassLoader().getResource(resource) != null);
  }

  /** Why TensorFlow cannot run here, and how to mend it; empty if it can. */
  Optional<String> unavailable() {
    if (!PUBLISHED.contains(platform)) {
      return Optional.of("TensorFlow Java is not published for " + platform + " (only for "
          + String.join(", ", PUBLISHED) + "); use another backend");
    }
    if (!has("") && !has(GPU)) {
      return Optional.of(
          NativeArtifact.missing("org.tensorflow:tensorflow-core-native:" + version(), platform));
    }
    if (!artifact().has("org/bytedeco/javacpp", "", "jnijavacpp")) {
      return Optional.of(NativeArtifact.missing("org.bytedeco:javacpp", platform));
    }
    return Optional.empty();
  }

  private NativeArtifact artifact() {
    return new NativeArtifact(platform, onClasspath);
  }

  private boolean has(String extension) {
    return artifact().has("org/tensorflow/internal/c_api", extension, "jnitensorflow");
  }

  /**
   * What computes; loads the native code.
   *
   * @throws VaeException if somebody else could have changed it
   */
  BackendInfo info(String device, int threads, Precision precision) {
    NativeFolder.javaCpp().secure(() -> Loader.getCacheDir().toPath());
    if (platform.endsWith("x86_64")) {
      NativeEnvironment.prefer(ONEDNN, "1");
    }
    return new BackendInfo(
        TensorFlowModule.NAME,
        "TensorFlow " + TensorFlow.version(),
        "TensorFlow Java " + version(),
        device,
        threads,
        precision);
  }

  /** Returns what it can compute on, first what it takes by itself. */
  List<String> devices() {
    return has(GPU) ? List.of("gpu", CPU) : List.of(CPU);
  }

  /** The version of the Java binding, as its artifact notes it. */
  private static String version() {
    return NativeArtifact.version(
        "org.tensorflow/tensorflow-core-api", NativeLibrary.class.getClassLoader());
  }
}
