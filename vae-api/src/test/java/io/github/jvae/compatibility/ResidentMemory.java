package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What of this process is resident, as Linux says. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Below half of any heap region, so that chunks fill regions side by side. */
  private static final int CHUNK = 1 << 18;

  private static final long RESERVE = 8 << 20;

  private ResidentMemory() {}

  /** Skips a test where it cannot be read. */
  static void assumeMeasurable() {
    assumeTrue(Files.isReadable(STATUS), "skipped: resident memory is read from " + STATUS);
  }

  /**
   * After a collection, and without what Java's heap keeps free for itself: that comes and goes by
   * leaps of 100 megabytes. What is free must have been used once to be resident, too.
   */
  static long kilobytes() {
    System.gc();
    useFreeHeap();
    System.gc();
    return resident() - Runtime.getRuntime().freeMemory() / 1024;
  }

  private static void useFreeHeap() {
    int chunks = (int) (Math.max(0, Runtime.getRuntime().freeMemory() - RESERVE) / CHUNK);
    List<byte[]> used =
        IntStream.range(0, chunks).mapToObj(chunk -> new byte[CHUNK]).toList();
    assertThat(used).hasSize(chunks);
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
