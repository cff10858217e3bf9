package io.github.jvae.djl;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this machine tells the sizes of its processor's caches. Some virtual machines, such as
 * Firecracker's, do not. oneDNN 3.7.1 divides work by these sizes, and without them some of what it
 * computes with AVX-512 comes out wrong: convolutions of a single channel, which
 * {@link Convolutions} goes around; and in bfloat16 most convolutions, and now and then a product
 * of matrices, which is then no number, so that {@link DjlBackend} refuses that precision there.
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
