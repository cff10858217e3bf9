package io.github.jvae.compatibility;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says is resident of this process. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Skips a test where it cannot be read. */
  static void assumeMeasurable() {
    assumeTrue(Files.isReadable(STATUS), "skipped: resident memory is read from " + STATUS);
  }

  /** After a collection. */
  static long kilobytes() {
    System.gc();
    System.gc();
    return status().stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> status() {
    try {
      return Files.readAllLines(STATUS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
