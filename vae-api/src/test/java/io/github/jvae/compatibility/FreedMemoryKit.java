package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a backend must do that has glibc keep freed memory for its next step: have it given back
 * once no model is open. Its test extends this class, and measures in a process of its own.
 */
public abstract class FreedMemoryKit {
  /** So much is kept at least where models are open; else nothing would be proved. */
  private static final long KEPT = 60;

  /** The module of the backend under test. */
  protected abstract BackendModule module();

  @Test
  @DisplayName("Memory is kept while a model is open, and given back with the last one")
  void givenBack() throws IOException {
    Path status = MemoryProbe.STATUS;
    assumeTrue(Files.isReadable(status), "resident memory is read from " + status);
    assumeTrue(
        Files.readString(Path.of("/proc/self/maps")).contains("/libc.so.6"), "glibc is needed");
    // A heap that is resident from the start, so that the rest of the process shows.
    List<String> lines = JavaProcess.start(
            MemoryProbe.class,
            Map.of(),
            List.of(
                "-Xms512m",
                "-Xmx512m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-D" + Backends.PROPERTY + "=" + module().name()))
        .lines();
    long before = number(lines, MemoryProbe.BEFORE);
    long inUse = number(lines, MemoryProbe.IN_USE) - before;
    assertThat(inUse).as(lines::toString).isGreaterThan(KEPT);
    assertThat(number(lines, MemoryProbe.OTHER_OPEN) - before)
        .as(lines::toString)
        .isGreaterThan(inUse * 3 / 4);
    assertThat(number(lines, MemoryProbe.AFTER) - before).as(lines::toString).isLessThan(inUse / 2);
  }

  private static long number(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + "is missing in " + lines));
  }
}
