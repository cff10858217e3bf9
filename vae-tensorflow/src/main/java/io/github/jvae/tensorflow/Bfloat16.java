package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.CacheSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the engine turns matrix products and convolutions into bfloat16. The rewrite is oneDNN's,
 * which is in the builds for x86 only, and silently does nothing on processors without AVX-512;
 * where those do not tell the sizes of their caches, it makes losses that are no numbers.
 */
final class Bfloat16 {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private Bfloat16() {}

  /** Why there is none; empty if there is, or if the system does not tell. */
  static Optional<String> gap() {
    return gap(NativeLibrary.ofThisPlatform().platform(), PROCESSOR, CacheSizes.areTold());
  }

  static Optional<String> gap(String platform, Path processor, boolean knowsCaches) {
    if (!platform.endsWith("x86_64")) {
      return Optional.of("TensorFlow computes in bfloat16 on x86_64 only, not on " + platform);
    }
    if (!knowsCaches) {
      return Optional.of("this machine does not tell the sizes of its processor's caches, without"
          + " which what TensorFlow computes in bfloat16 comes out wrong");
    }
    try {
      return !Files.isReadable(processor) || Files.readString(processor).contains("avx512f")
          ? Optional.empty()
          : Optional.of("TensorFlow computes in bfloat16 only on processors with AVX-512");
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
