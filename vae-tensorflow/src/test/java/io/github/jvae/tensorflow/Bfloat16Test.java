package io.github.jvae.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Bfloat16")
class Bfloat16Test {
  @TempDir
  private Path folder;

  private Path processor(String flags) throws IOException {
    return Files.writeString(folder.resolve("cpuinfo"), "flags : fpu " + flags + " sse\n");
  }

  @Test
  @DisplayName("needs AVX-512")
  void processors() throws IOException {
    assertThat(Bfloat16.gap("linux-x86_64", processor("avx512f"), true)).isEmpty();
    assertThat(Bfloat16.gap("linux-x86_64", processor("avx2"), true))
        .hasValueSatisfying(reason -> assertThat(reason).contains("AVX-512"));
  }

  @Test
  @DisplayName("is a gap where a processor does not tell the sizes of its caches")
  void caches() throws IOException {
    assertThat(Bfloat16.gap("linux-x86_64", processor("avx512f"), false))
        .hasValueSatisfying(reason -> assertThat(reason).contains("caches"));
  }

  @Test
  @DisplayName("is a gap on other processors, and taken as there where nobody knows")
  void platforms() {
    assertThat(Bfloat16.gap("macosx-arm64", folder.resolve("none"), true))
        .hasValueSatisfying(reason -> assertThat(reason).contains("macosx-arm64"));
    assertThat(Bfloat16.gap("windows-x86_64", folder.resolve("none"), true)).isEmpty();
  }
}
