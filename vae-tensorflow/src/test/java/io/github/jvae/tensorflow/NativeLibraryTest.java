package io.github.jvae.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The native library")
class NativeLibraryTest {
  private static final Map<String, String> JAVACPP = Map.of(
      "linux-x86_64", "libjnijavacpp.so",
      "linux-arm64", "libjnijavacpp.so",
      "macosx-arm64", "libjnijavacpp.dylib",
      "windows-x86_64", "jnijavacpp.dll");

  @Test
  @DisplayName("of this platform is found on the classpath")
  void here() {
    assertThat(NativeLibrary.ofThisPlatform().unavailable()).isEmpty();
    assertThat(new TensorFlowModule().unavailable()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("that is missing is named, with the artifact and the classifier to add")
  @ValueSource(strings = {"linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64"})
  void missing(String platform) {
    assertThat(new NativeLibrary(platform, resource -> false).unavailable())
        .hasValueSatisfying(reason -> assertThat(reason)
            .contains("org.tensorflow:tensorflow-core-native:1.1.0", "classifier " + platform)
            .doesNotContain("\n"));
  }

  @ParameterizedTest
  @DisplayName("of JavaCPP is asked for too")
  @ValueSource(strings = {"linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64"})
  void missingJavacpp(String platform) {
    NativeLibrary library =
        new NativeLibrary(platform, resource -> resource.startsWith("org/tensorflow"));
    assertThat(library.unavailable())
        .hasValueSatisfying(reason ->
            assertThat(reason).contains("org.bytedeco:javacpp", "classifier " + platform));
    NativeLibrary complete = new NativeLibrary(
        platform,
        resource -> resource.startsWith("org/tensorflow")
            || resource.equals("org/bytedeco/javacpp/" + platform + "/" + JAVACPP.get(platform)));
    assertThat(complete.unavailable()).isEmpty();
  }

  @Test
  @DisplayName("may be the one for graphics processors")
  void gpu() {
    String file = "org/tensorflow/internal/c_api/linux-x86_64-gpu/libjnitensorflow.so";
    NativeLibrary library = new NativeLibrary(
        "linux-x86_64", resource -> resource.startsWith("org/bytedeco") || resource.equals(file));
    assertThat(library.unavailable()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("does not exist for other platforms, and the reason lists those it exists for")
  @ValueSource(strings = {"macosx-x86_64", "windows-x86", "linux-riscv64"})
  void unpublished(String platform) {
    assertThat(new NativeLibrary(platform, resource -> true).unavailable())
        .hasValueSatisfying(
            reason -> assertThat(reason).contains(platform, "linux-x86_64", "another backend"));
  }

  @Test
  @DisplayName("that does not load is a single line with the cause")
  void doesNotLoad() {
    Throwable cause = new UnsatisfiedLinkError("GLIBC_2.27 not found\n(required by it)");
    assertThatThrownBy(() -> TensorFlowFault.guard("start", () -> {
          throw new ExceptionInInitializerError(cause);
        }))
        .hasMessageContaining("cannot be loaded: GLIBC_2.27 not found")
        .hasMessageNotContaining("\n")
        .hasRootCause(cause);
  }
}
