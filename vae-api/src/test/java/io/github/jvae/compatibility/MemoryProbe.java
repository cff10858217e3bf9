package io.github.jvae.compatibility;

import io.github.jvae.Vae;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.source.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that says how much of it is resident, in megabytes: before a model computes with large
 * batches, after that, after it was closed beside another one, and once all models are closed.
 */
public final class MemoryProbe {
  /** What Linux says of a process. */
  static final Path STATUS = Path.of("/proc/self/status");

  /** How the lines with the numbers start. */
  static final String BEFORE = "before: ";

  static final String IN_USE = "in use: ";
  static final String OTHER_OPEN = "another open: ";
  static final String AFTER = "after: ";

  private MemoryProbe() {}

  public static void main(String[] arguments) throws IOException {
    // Whatever an engine keeps for the process is there before anything is measured.
    use(8);
    print(BEFORE, residentMegabytes());
    Vae other = model();
    print(IN_USE, use(1_024));
    print(OTHER_OPEN, residentMegabytes());
    other.close();
    print(AFTER, residentMegabytes());
  }

  private static Vae model() {
    return Vae.builder()
        .input(3, 32, 32)
        .conv(32, 64, 128)
        .latent(32)
        .gaussian(0.1)
        .build();
  }

  /** Encodes and decodes images with a model of its own, and returns what is resident then. */
  private static long use(int batch) throws IOException {
    try (Vae vae = model()) {
      vae.evaluate(Shapes.standard().train(), batch, Transforms.none(), 1);
      return residentMegabytes();
    }
  }

  private static long residentMegabytes() throws IOException {
    System.gc();
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("SystemOut")
  private static void print(String what, long megabytes) {
    System.out.println(what + megabytes);
  }
}
