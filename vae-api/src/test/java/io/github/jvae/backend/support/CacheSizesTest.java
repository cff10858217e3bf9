package io.github.jvae.backend.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The sizes of the processor's caches")
final class CacheSizesTest {
  @TempDir
  Path processor;

  @Test
  @DisplayName("are told where the system has a folder of them, and held for told elsewhere")
  void told() throws IOException {
    assertThat(CacheSizes.areTold(processor)).isFalse();
    Files.createDirectory(processor.resolve("cache"));
    assertThat(CacheSizes.areTold(processor)).isTrue();
    assertThat(CacheSizes.areTold(processor.resolve("none"))).isTrue();
  }
}
