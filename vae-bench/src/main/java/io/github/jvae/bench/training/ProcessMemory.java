package io.github.jvae.bench.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The memory of this process, native memory included, as far as the system tells. */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double KIBIBYTES_PER_MEBIBYTE = 1024;

  private ProcessMemory() {}

  /** The most memory that was resident at any time, in MiB; null where the system does not say. */
  public static @Nullable Double peakMebibytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / KIBIBYTES_PER_MEBIBYTE;
        }
      }
    } catch (IOException e) {
      // Only Linux has this file.
    }
    return null;
  }
}
