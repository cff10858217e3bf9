package io.github.jvae.compatibility;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What of this process is resident, as Linux says. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Skips a test where it cannot be read. */
  static void assumeMeasurable() {
    assumeTrue(Files.isReadable(STATUS), "skipped: resident memory is read from " + STATUS);
  }

  /**
   * After a collection, and without what Java's heap keeps free for itself: that comes and goes by
   * leaps of 100 megabytes.
   */
  static long kilobytes() {
    System.gc();
    System.gc();
    return resident() - Runtime.getRuntime().freeMemory() / 1024;
  }

  private static long resident() {
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
