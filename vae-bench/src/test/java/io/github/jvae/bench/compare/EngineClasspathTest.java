package io.github.jvae.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import io.github.jvae.bench.fork.ForkedJava;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The class path of an engine")
final class EngineClasspathTest {
  private final EngineClasspath classpath = EngineClasspath.of(Backends.available());

  private static boolean has(List<String> entries, String part) {
    return entries.stream().anyMatch(entry -> entry.contains(part));
  }

  @ParameterizedTest
  @CsvSource({
    "djl, pytorch-native, tensorflow-core, nd4j-native",
    "tensorflow, tensorflow-core, pytorch-native, nd4j-native",
    "nd4j, nd4j-native, pytorch-native, tensorflow-core",
  })
  @DisplayName("has its own natives and those of no other engine")
  void separates(String backend, String own, String other, String third) {
    List<String> entries = classpath.of(backend);
    assertThat(has(entries, own)).isTrue();
    assertThat(has(entries, other)).isFalse();
    assertThat(has(entries, third)).isFalse();
    assertThat(has(entries, "vae-" + backend)).isTrue();
    assertThat(has(entries, "picocli")).isTrue();
    assertThat(has(entries, "guice")).isTrue();
    assertThat(entries).isSubsetOf(ForkedJava.classpath());
  }

  @Test
  @DisplayName("keeps everything for an engine that lists nothing, but not what others list")
  void withoutList() {
    List<String> entries = classpath.of("somebody's");
    assertThat(has(entries, "pytorch-native")).isFalse();
    assertThat(has(entries, "vae-api")).isTrue();
    assertThat(has(entries, "guice")).isTrue();
    assertThat(classpath.own("somebody's")).isEmpty();
  }

  @Test
  @DisplayName("lists libraries of a hundred mebibytes and more for each engine")
  void natives() {
    for (BackendModule module : Backends.available()) {
      List<Path> own = classpath.own(module.name());
      assertThat(own).isNotEmpty();
      assertThat(NativeLibraries.mebibytes(own)).as(module.name()).isBetween(100.0, 2000.0);
    }
    assertThat(NativeLibraries.mebibytes(List.of(Path.of("no-such.jar")))).isZero();
  }
}
