package io.github.jvae.backend.support;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this machine tells the sizes of its processor's caches. Some virtual machines, such as
 * Firecracker's of AMD's processors, do not. oneDNN, with which PyTorch and TensorFlow compute,
 * divides work by these sizes, and without them some of what it computes with AVX-512 comes out
 * wrong: transposed convolutions of a single channel, which those backends go around; and in
 * bfloat16 convolutions and now and then products of matrices, which are then no numbers, so that
 * both refuse that precision there.
 */
public final class CacheSizes {
  private static final Path PROCESSOR = Path.of("/sys/devices/system/cpu/cpu0");

  private CacheSizes() {}

  /** True as well where there is no way to know: only Linux has these files. */
  public static boolean areTold() {
    return areTold(PROCESSOR);
  }

  static boolean areTold(Path processor) {
    return !Files.isDirectory(processor) || Files.isDirectory(processor.resolve("cache"));
  }
}
