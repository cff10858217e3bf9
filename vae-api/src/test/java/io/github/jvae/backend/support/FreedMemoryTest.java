package io.github.jvae.backend.support;

import static io.github.jvae.backend.support.FreedMemory.KEPT_BLOCK;
import static io.github.jvae.backend.support.FreedMemory.MMAP_THRESHOLD;
import static io.github.jvae.backend.support.FreedMemory.MOST_OF_OLD_GLIBC;
import static io.github.jvae.backend.support.FreedMemory.TRIM_THRESHOLD;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLong;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Memory that native code frees")
final class FreedMemoryTest {

  /** A C library with one variable in its environment, that takes values up to a greatest. */
  private static final class Recorded implements FreedMemory.Allocator {
    private final List<List<Integer>> calls = new ArrayList<>();
    private final @Nullable String variable;
    private final int greatest;

    Recorded(@Nullable String variable, int greatest) {
      this.variable = variable;
      this.greatest = greatest;
    }

    @Override
    public @Nullable String getenv(String name) {
      return name.equals(variable) ? "1" : null;
    }

    @Override
    public int malloc_trim(NativeLong kept) {
      throw new AssertionError("nothing is to be given back");
    }

    @Override
    public int mallopt(int parameter, int value) {
      calls.add(List.of(parameter, value));
      return parameter != MMAP_THRESHOLD || value <= greatest ? 1 : 0;
    }
  }

  @Test
  @DisplayName("is kept")
  void kept() {
    Recorded library = new Recorded(null, Integer.MAX_VALUE);
    FreedMemory.keep(library);
    assertThat(library.calls)
        .containsExactly(
            List.of(MMAP_THRESHOLD, KEPT_BLOCK), List.of(TRIM_THRESHOLD, Integer.MAX_VALUE));
  }

  @Test
  @DisplayName("is kept as far as an old C library allows")
  void keptByOldLibrary() {
    Recorded library = new Recorded(null, MOST_OF_OLD_GLIBC);
    FreedMemory.keep(library);
    assertThat(library.calls)
        .containsExactly(
            List.of(MMAP_THRESHOLD, KEPT_BLOCK),
            List.of(MMAP_THRESHOLD, MOST_OF_OLD_GLIBC),
            List.of(TRIM_THRESHOLD, Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES"})
  @DisplayName("is left to the user who has set a variable")
  void decidedByUser(String variable) {
    Recorded library = new Recorded(variable, Integer.MAX_VALUE);
    FreedMemory.keep(library);
    assertThat(library.calls).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @DisplayName("is kept by this system's C library, which takes one of the values")
  void ofThisSystem() {
    FreedMemory.Allocator library = FreedMemory.allocator();
    assertThat(library.mallopt(MMAP_THRESHOLD, KEPT_BLOCK)
            + library.mallopt(MMAP_THRESHOLD, MOST_OF_OLD_GLIBC))
        .isPositive();
    assertThat(library.mallopt(TRIM_THRESHOLD, Integer.MAX_VALUE)).isEqualTo(1);
    FreedMemory.keep();
  }
}
