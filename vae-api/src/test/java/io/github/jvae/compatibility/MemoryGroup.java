package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.backend.Executable;
import io.github.jvae.model.Model;
import io.github.jvae.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** What the collector and the compiler of the JVM may take meanwhile. */
  private static final long SLACK_KILOBYTES = 12 * 1024;

  /** Large enough that one batch lost at each step is three times what is allowed. */
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

  /** Runs with collections in between, so that garbage does not count as growth. */
  private static void repeat(int times, Runnable action) {
    IntStream.range(0, times).forEach(i -> {
      action.run();
      if (i % 250 == 249) {
        System.gc();
      }
    });
  }

  private static void requireFlat(int warmUp, int times, Runnable action) throws IOException {
    repeat(warmUp, action);
    long before = residentKilobytes();
    repeat(times, action);
    long after = residentKilobytes();
    assertThat(after)
        .as("resident kilobytes after %s more, %s before", times, before)
        .isLessThanOrEqualTo(before + before / 20 + SLACK_KILOBYTES);
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
    requireFlat(20, 50, () -> {
      try (TrainingRun run = TrainingRun.start(open(), ModelSpec.mlp())) {
        run.next(1);
      }
    });
  }
}
