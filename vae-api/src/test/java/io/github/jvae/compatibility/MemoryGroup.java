package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.backend.Executable;
import io.github.jvae.backend.support.CompiledComputation;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Model;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The process does not grow, which is how leaks of native memory show. Measured is what Linux says
 * is resident, after a collection.
 */
abstract class MemoryGroup extends CompatibilityGroup {
  private static final int STRETCHES = 9;

  /** Large enough that one batch lost at each step is several times what is allowed. */
  private static final int BATCH = 48;

  MemoryGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  @BeforeEach
  void onlyWhereMeasurable() {
    ResidentMemory.assumeMeasurable();
    assumeTrue(kit().memorySteps() > 0, "skipped: this backend has no memory but Java's");
  }

  /**
   * Measures growth as the median over several stretches and as their sum: a leak grows in each and
   * in all, while the heap of the JVM grows by leaps and then no more, and what is given back to
   * the system between two uses comes and goes.
   */
  private static void requireFlat(int warmUp, int times, Runnable action) {
    requireFlat(warmUp, times, 0, action);
  }

  /** Allows as many kilobytes, or a twentieth of what the process had if that is more. */
  private static void requireFlat(int warmUp, int times, long allowed, Runnable action) {
    IntStream.range(0, warmUp).forEach(i -> action.run());
    long before = ResidentMemory.kilobytes();
    long last = before;
    long[] growth = new long[STRETCHES];
    for (int stretch = 0; stretch < STRETCHES; stretch++) {
      IntStream.range(0, times / STRETCHES).forEach(i -> action.run());
      long now = ResidentMemory.kilobytes();
      growth[stretch] = now - last;
      last = now;
    }
    Arrays.sort(growth);
    assertThat(Math.min(growth[STRETCHES / 2] * STRETCHES, last - before))
        .as(
            "growth in kilobytes over %s more, from %s to %s, in stretches of %s",
            times, before, last, Arrays.toString(growth))
        .isLessThanOrEqualTo(Math.max(allowed, before / 20));
  }

  @Test
  @DisplayName("Thousands of training steps")
  void steps() {
    int steps = kit().memorySteps();
    try (TrainingRun run = TrainingRun.start(open(), ModelSpec.conv())) {
      var inputs = run.inputs(0, BATCH);
      requireFlat(steps / 5, steps - steps / 5, () -> run.step().run(0.001, inputs));
    }
  }

  @Test
  @DisplayName("Thousands of evaluations, reads and writes")
  void evaluations() {
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
  void executables() {
    ModelSpec spec = ModelSpec.mlp();
    try (OpenBackend engine = open()) {
      Model model = spec.start(engine, 1);
      var weight = HostTensor.scalar(1);
      // Stretches of 32: an engine may clear away what was closed only now and then.
      requireFlat(
          64,
          32 * STRETCHES,
          () -> engine
              .backend()
              .evaluate(ModelSpec.elbo(engine, model), spec.images(2), spec.noise(0, 2), weight));
    }
  }

  @Test
  @DisplayName("Backends opened and closed")
  void backends() {
    // Heaps and allocators come and go by megabytes: 300 kilobytes for each backend.
    requireFlat(30, 108, 108 * 300, () -> {
      try (TrainingRun run = TrainingRun.start(open(), ModelSpec.mlp())) {
        run.next(1);
      }
    });
  }

  @Test
  @DisplayName("Batches of ever new sizes: what was recorded for them is not kept for ever")
  void sizes() {
    int columns = 256;
    Parameter weight =
        new Parameter("w", Shape.of(columns, columns), new Initializer.Constant(0.01));
    try (OpenBackend engine = openUnwatched()) {
      engine.create(List.of(weight), 0);
      // A program has room for its input and for what comes of it: 2 megabytes.
      Executable executable = engine
          .backend()
          .compile((trace, in) ->
              List.of(in.get(0).matmul(trace.parameter("w")).tanh().sum(1)));
      // The engines' own caches, such as oneDNN's of a thousand operations, fill meanwhile: a
      // quarter of what all programs would hold.
      AtomicInteger rows = new AtomicInteger(1000);
      requireFlat(
          50,
          351,
          351 * (2048 / 4),
          () -> executable.run(HostTensor.zeros(Shape.of(rows.getAndIncrement(), columns))));
    }
  }

  @Test
  @DisplayName("The programs used last are kept: sixteen batch sizes in turn are recorded once")
  void programs() {
    int most = CompiledComputation.MOST_PROGRAMS;
    try (OpenBackend engine = openUnwatched()) {
      AtomicInteger recorded = new AtomicInteger();
      Executable executable = engine.backend().compile((trace, in) -> {
        recorded.incrementAndGet();
        return List.of(in.get(0).exp());
      });
      for (int i = 0; i < 3 * most; i++) {
        executable.run(HostTensor.zeros(Shape.of(1 + i % most)));
      }
      assertThat(recorded).hasValue(most);
    }
  }
}
