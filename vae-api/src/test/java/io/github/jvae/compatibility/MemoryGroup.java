package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.backend.Executable;
import io.github.jvae.model.Model;
import io.github.jvae.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The process does not grow, which is how leaks of native memory show. Measured is what Linux says
 * is resident, after a collection.
 */
abstract class MemoryGroup extends CompatibilityGroup {
  private static final Path STATUS = Path.of("/proc/self/status");

  private static final int STRETCHES = 9;

  /** Large enough that one batch lost at each step is several times what is allowed. */
  private static final int BATCH = 48;

  MemoryGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  @BeforeEach
  void onlyWhereMeasurable() {
    assumeTrue(Files.isReadable(STATUS), "resident memory is read from " + STATUS);
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    System.gc();
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Measures growth as the median over several stretches: a leak grows in each, while the heap of
   * the JVM grows by leaps and then no more.
   */
  private static void requireFlat(int warmUp, int times, Runnable action) throws IOException {
    IntStream.range(0, warmUp).forEach(i -> action.run());
    long before = residentKilobytes();
    long last = before;
    long[] growth = new long[STRETCHES];
    for (int stretch = 0; stretch < STRETCHES; stretch++) {
      IntStream.range(0, times / STRETCHES).forEach(i -> action.run());
      long now = residentKilobytes();
      growth[stretch] = now - last;
      last = now;
    }
    Arrays.sort(growth);
    assertThat(growth[STRETCHES / 2] * STRETCHES)
        .as(
            "growth in kilobytes over %s more from %s, by the median of %s",
            times, before, Arrays.toString(growth))
        .isLessThanOrEqualTo(before / 20);
  }

  @Test
  @DisplayName("Thousands of training steps")
  void steps() throws IOException {
    int steps = kit().memorySteps();
    try (TrainingRun run = TrainingRun.start(open(), ModelSpec.conv())) {
      var inputs = run.inputs(0, BATCH);
      requireFlat(steps / 5, steps - steps / 5, () -> run.step().run(0.001, inputs));
    }
  }

  @Test
  @DisplayName("Thousands of evaluations, reads and writes")
  void evaluations() throws IOException {
    int steps = kit().memorySteps();
    ModelSpec spec = ModelSpec.conv();
    try (OpenBackend engine = open();
        Executable gradients =
            engine.backend().compileGradients(ModelSpec.elbo(engine, spec.start(engine, 1)))) {
      var x = spec.images(BATCH);
      var noise = spec.noise(0, BATCH);
      var weight = HostTensor.scalar(1);
      requireFlat(steps / 5, steps - steps / 5, () -> {
        gradients.run(x, noise, weight);
        var variables = engine.backend().variables();
        variables.write("encoder.0.weight", variables.read("encoder.0.weight"));
      });
    }
  }

  @Test
  @DisplayName("Executables opened and closed")
  void executables() throws IOException {
    ModelSpec spec = ModelSpec.mlp();
    try (OpenBackend engine = open()) {
      Model model = spec.start(engine, 1);
      var weight = HostTensor.scalar(1);
      requireFlat(
          50,
          200,
          () -> engine
              .backend()
              .evaluate(ModelSpec.elbo(engine, model), spec.images(2), spec.noise(0, 2), weight));
    }
  }

  @Test
  @DisplayName("Backends opened and closed")
  void backends() throws IOException {
    requireFlat(20, 54, () -> {
      try (TrainingRun run = TrainingRun.start(open(), ModelSpec.mlp())) {
        run.next(1);
      }
    });
  }
}
