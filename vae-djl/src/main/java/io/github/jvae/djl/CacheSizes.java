package io.github.jvae.djl;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this machine tells the sizes of its processor's caches. Some virtual machines, such as
 * Firecracker's, do not. oneDNN 3.7.1 divides work by these sizes, and without them some of its
 * convolutions with AVX-512 come out wrong: those of a single channel, which {@link Layers} goes
 * around, and most in bfloat16, which there are computed in single precision instead.
 */
final class CacheSizes {
  private static final Path PROCESSOR = Path.of("/sys/devices/system/cpu/cpu0");

  private CacheSizes() {}

  /** True as well where there is no way to know: only Linux has these files. */
  static boolean areTold() {
    return areTold(PROCESSOR);
  }

  static boolean areTold(Path processor) {
    return !Files.isDirectory(processor) || Files.isDirectory(processor.resolve("cache"));
  }
}
