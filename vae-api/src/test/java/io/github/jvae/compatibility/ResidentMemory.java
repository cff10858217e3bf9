package io.github.jvae.compatibility;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says is resident of this process. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Skips a test where it cannot be read. */
  static void assumeMeasurable() {
    assumeTrue(Files.isReadable(STATUS), "skipped: resident memory is read from " + STATUS);
  }

  /** After a collection. */
  static long kilobytes() throws IOException {
    System.gc();
    System.gc();
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
