package io.github.jvae.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("PyTorch's native library")
final class NativeLibraryTest {
  private static final Map<String, String> ENGINE =
      Map.of("pytorch_version", "2.7.1", "djl_version", "0.35.1");

  private static String unavailable(
      String platform, Map<String, String> library, Map<String, String> binding) {
    Map<String, Map<String, String>> files = Map.of(
        "pytorch-engine.properties", ENGINE,
        "native/lib/pytorch.properties", library,
        "jnilib/pytorch.properties", binding);
    return new NativeLibrary(platform, name -> {
          Properties properties = new Properties();
          properties.putAll(files.getOrDefault(name, Map.of()));
          return properties;
        })
        .unavailable()
        .orElse("");
  }

  @Test
  @DisplayName("is found where its artifact is for this platform")
  void found() {
    assertThat(unavailable(
            "linux-x86_64", Map.of("classifier", "linux-x86_64"), Map.of("jni_version", "1")))
        .isEmpty();
    assertThat(NativeLibrary.ofThisPlatform().unavailable()).isEmpty();
  }

  @Test
  @DisplayName("that is missing, a placeholder or another platform's is named with its classifier")
  void missing() {
    for (Map<String, String> library : List.of(
        Map.<String, String>of(),
        Map.of("placeholder", "true"),
        Map.of("classifier", "win-x86_64"))) {
      assertThat(unavailable("linux-x86_64", library, Map.of("jni_version", "1")))
          .contains("ai.djl.pytorch:pytorch-native-cpu:2.7.1", "classifier linux-x86_64");
    }
  }

  @Test
  @DisplayName("without DJL's binding is no use, which is named")
  void withoutBinding() {
    assertThat(unavailable("osx-aarch64", Map.of("classifier", "osx-aarch64"), Map.of()))
        .contains("ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1");
  }

  @Test
  @DisplayName("is not published for every platform, and the published ones are named")
  void unpublished() {
    assertThat(unavailable("osx-x86_64", Map.of(), Map.of()))
        .contains("not published for osx-x86_64", "linux-x86_64", "win-x86_64");
  }

  @Test
  @DisplayName("goes by DJL's names of platforms")
  void platforms() {
    assertThat(NativeLibrary.classifier("Linux", "amd64")).isEqualTo("linux-x86_64");
    assertThat(NativeLibrary.classifier("Linux", "aarch64")).isEqualTo("linux-aarch64");
    assertThat(NativeLibrary.classifier("Mac OS X", "aarch64")).isEqualTo("osx-aarch64");
    assertThat(NativeLibrary.classifier("Windows 11", "amd64")).isEqualTo("win-x86_64");
  }

  @Test
  @DisplayName("is unpacked where there is a folder or one can be made")
  void cache(@TempDir Path folder) throws Exception {
    assertThat(NativeLibrary.isWritable(folder.resolve("a/b"))).isTrue();
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(NativeLibrary.isWritable(file.resolve("a"))).isFalse();
  }
}
