package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.Vae;
import io.github.jvae.backend.Executable;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a service does in months, in minutes: 10,000 models opened and closed, 2,000 batch sizes,
 * and a million requests of random batch sizes from eight threads. Every answer is right, and
 * memory is flat after the first tenth. Run with {@code -Dvae.soak}, or with a part of it, as
 * {@code -Dvae.soak=0.1}.
 */
abstract class SoakGroup extends CompatibilityGroup {
  static final String PROPERTY = "vae.soak";

  private static final int OPENINGS = 10_000;
  private static final int REQUESTS = 1_000_000;
  private static final int THREADS = 8;
  private static final int LARGEST_BATCH = 40;
  private static final int TENTHS = 10;
  private static final int LATENT = 4;
  private static final int SIZES = 2_000;
  private static final int FEWEST_ROWS = 1_000;
  private static final int COLUMNS = 64;

  SoakGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  @BeforeEach
  void onlyWhereMeasurable() {
    ResidentMemory.assumeMeasurable();
  }

  /** A number of repetitions in each tenth of the whole. */
  private static int tenth(int all) {
    String part = System.getProperty(PROPERTY, "");
    double share = part.isBlank() || part.equals("true") ? 1 : Double.parseDouble(part);
    return Math.max(1, (int) (all * share / TENTHS));
  }

  /** Something that is done once for each tenth of the whole, and may fail. */
  private interface Tenth {
    void run(int number) throws Exception;
  }

  private static void requireFlat(Tenth tenth) throws Exception {
    requireFlat(0, tenth);
  }

  /** Allows as many kilobytes more than after the first tenth, or a twentieth if that is more. */
  private static void requireFlat(long allowed, Tenth tenth) throws Exception {
    List<Long> resident = new ArrayList<>();
    for (int i = 0; i < TENTHS; i++) {
      tenth.run(i);
      resident.add(ResidentMemory.kilobytes());
    }
    // Told also where all is well: this is a measurement.
    System.out.println("resident kilobytes after each tenth: " + resident);
    long first = resident.get(0);
    assertThat(resident.get(TENTHS - 1) - first)
        .as("kilobytes more after each tenth: %s", resident)
        .isLessThanOrEqualTo(Math.max(allowed, first / 20));
  }

  private Vae.Builder builder() {
    return Vae.builder().backend(kit().module()).threads(1);
  }

  private Vae.Builder model() {
    return builder().input(1, 12, 12).mlp(48).latent(LATENT);
  }

  @Test
  @DisplayName("Models opened, used once and closed")
  void openings(@TempDir Path folder) throws Exception {
    HostTensor latents = Numbers.normal("latents", Shape.of(1, LATENT));
    HostTensor expected;
    try (Vae vae = model().build()) {
      vae.save(folder.resolve("model"));
      expected = vae.decode(latents);
    }
    requireFlat(number -> {
      for (int i = 0; i < tenth(OPENINGS); i++) {
        try (Vae vae = Vae.load(folder.resolve("model"), builder())) {
          assertThat(vae.decode(latents)).isEqualTo(expected);
        }
      }
    });
  }

  @Test
  @DisplayName("Requests of random batch sizes from eight threads")
  void requests() throws Exception {
    try (Vae vae = model().build()) {
      HostTensor latents = Numbers.normal("latents", Shape.of(LARGEST_BATCH, LATENT));
      float[] expected = vae.decode(latents).data();
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        requireFlat(number -> {
          List<Future<?>> all = new ArrayList<>();
          for (int thread = 0; thread < THREADS; thread++) {
            SplittableRandom random = new SplittableRandom(number * THREADS + thread);
            all.add(threads.submit(() -> ask(vae, random, latents, expected)));
          }
          for (Future<?> one : all) {
            one.get();
          }
        });
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  @DisplayName("Two thousand batch sizes, each recorded with its gradients")
  void sizes() throws Exception {
    assumeTrue(kit().memorySteps() > 0, "skipped: this backend has no memory but Java's");
    List<Integer> sizes = new ArrayList<>(IntStream.range(0, TENTHS * tenth(SIZES))
        .map(i -> FEWEST_ROWS + i)
        .boxed()
        .toList());
    // In any order, so that what is kept of the last ones weighs the same after each tenth.
    Collections.shuffle(sizes, new Random(1));
    Parameter weight =
        new Parameter("w", Shape.of(COLUMNS, COLUMNS), new Initializer.Constant(0.01));
    try (OpenBackend engine = openUnwatched()) {
      engine.create(List.of(weight), 0);
      Executable gradients = engine
          .backend()
          .compileGradients((trace, in) ->
              List.of(in.get(0).matmul(trace.parameter("w")).tanh().square().mean()));
      // Blocks of ever new sizes leave gaps in allocators' heaps. Kept, they would be gigabytes.
      requireFlat(
          150 << 10,
          number -> sizes
              .subList(number * tenth(SIZES), (number + 1) * tenth(SIZES))
              .forEach(rows -> gradients.run(HostTensor.zeros(Shape.of(rows, COLUMNS)))));
    }
  }

  /** Decodes some of the rows, as often as is one thread's share of a tenth. */
  private static void ask(Vae vae, SplittableRandom random, HostTensor latents, float[] expected) {
    int rowSize = expected.length / LARGEST_BATCH;
    for (int i = 0; i < tenth(REQUESTS) / THREADS; i++) {
      int from = random.nextInt(LARGEST_BATCH);
      int to = random.nextInt(from, LARGEST_BATCH) + 1;
      float[] rows = Arrays.copyOfRange(latents.data(), from * LATENT, to * LATENT);
      float[] images =
          vae.decode(HostTensor.of(Shape.of(to - from, LATENT), rows)).data();
      requireClose(images, expected, from * rowSize);
    }
  }

  /** Sums of another batch size may be rounded otherwise; somebody else's image is far away. */
  private static void requireClose(float[] images, float[] expected, int from) {
    for (int i = 0; i < images.length; i++) {
      if (!(Math.abs(images[i] - expected[from + i]) < 1e-5f)) {
        throw new AssertionError(
            "pixel " + i + " from " + from + " is " + images[i] + ", not " + expected[from + i]);
      }
    }
  }
}
