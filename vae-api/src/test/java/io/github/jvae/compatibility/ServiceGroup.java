package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.github.jvae.Vae;
import io.github.jvae.error.ClosedException;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.service.Request;
import io.github.jvae.service.ServiceOptions;
import io.github.jvae.service.VaeService;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service of a model, asked for everything by many threads while it is closed and opened again:
 * never a wrong answer. A million requests with {@code -Dvae.soak}, or a part of them, as
 * {@code -Dvae.soak=0.1}; else a few thousand.
 */
abstract class ServiceGroup extends CompatibilityGroup {
  private static final int THREADS = 16;
  private static final int REQUESTS = 1_000_000;
  private static final int FEW_REQUESTS = 1_600;
  private static final int OPENINGS = 6;
  private static final int LARGEST = 5;
  private static final int EXAMPLES = 24;
  private static final int LATENT = 4;
  private static final int SIZE = 64;
  private static final long PATIENCE_MINUTES = 60;

  /** Sums of another batch size may be rounded otherwise; somebody else's image is far away. */
  private static final double CLOSE = 1e-3;

  ServiceGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private Vae.Builder builder() {
    return Vae.builder().backend(kit().module()).threads(1);
  }

  private Vae.Builder model() {
    return builder().input(1, 8, 8).mlp(24).latent(LATENT);
  }

  private static float[][] rows(HostTensor all) {
    int count = all.shape().dimension(0);
    int size = all.data().length / count;
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Arrays.copyOfRange(all.data(), i * size, (i + 1) * size);
    }
    return rows;
  }

  private static HostTensor examples(int count) {
    HostTensor examples = Numbers.normal("service", Shape.of(count, 1, 8, 8));
    for (int i = 0; i < examples.data().length; i++) {
      examples.data()[i] = (float) (1 / (1 + Math.exp(-examples.data()[i])));
    }
    return examples;
  }

  /** What is to be answered, by one thread that asks the model itself. */
  private static final class Expected {
    final float[][] examples = rows(examples(EXAMPLES));
    final float[][] latents;
    final float[][] decoded;
    final float[][] reconstructed;
    final float[][] sampled;
    final double[] bounds = new double[EXAMPLES];

    Expected(Vae vae) {
      HostTensor encoded = vae.encode(examples(EXAMPLES)).mean();
      latents = rows(encoded);
      decoded = rows(vae.decode(encoded));
      reconstructed = rows(vae.reconstruct(examples(EXAMPLES)));
      sampled = new float[EXAMPLES][];
      try (VaeService service = vae.service()) {
        for (int i = 0; i < EXAMPLES; i++) {
          sampled[i] = vae.sample(1, i).data();
          bounds[i] = service.score(examples[i]).elbo();
        }
      }
    }
  }

  /** The model that is open now, and its service; both are closed and opened anew now and then. */
  private final class Opened {
    private final Path folder;
    private final ServiceOptions options;
    private Vae vae;
    private VaeService service;

    Opened(Path folder, ServiceOptions options) {
      this.folder = folder;
      this.options = options;
      this.vae = Vae.load(folder, builder());
      this.service = vae.service(options);
    }

    synchronized VaeService service() {
      return service;
    }

    synchronized void reopen(boolean modelFirst) {
      if (modelFirst) {
        vae.close();
        service.close();
      } else {
        service.close();
        vae.close();
      }
      vae = Vae.load(folder, builder());
      service = vae.service(options);
    }

    synchronized void close() {
      service.close();
      vae.close();
    }
  }

  private static int requests() {
    String part = System.getProperty(SoakGroup.PROPERTY);
    if (part == null) {
      return FEW_REQUESTS;
    }
    double share = part.isBlank() || part.equals("true") ? 1 : Double.parseDouble(part);
    return (int) (REQUESTS * share);
  }

  private void soak(Path folder, ServiceOptions options) throws Exception {
    Expected expected;
    try (Vae vae = model().build()) {
      vae.save(folder.resolve("model"));
      expected = new Expected(vae);
    }
    Opened opened = new Opened(folder.resolve("model"), options);
    int each = requests() / THREADS;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        SplittableRandom random = new SplittableRandom(thread);
        all.add(threads.submit(() -> {
          for (int i = 0; i < each; i++) {
            if (number == 0 && i % (each / OPENINGS + 1) == each / OPENINGS) {
              opened.reopen(random.nextBoolean());
            }
            ask(opened, expected, random);
          }
        }));
      }
      for (Future<?> one : all) {
        one.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
      opened.close();
    }
  }

  /** Asks until it is answered: closing refuses what comes too late. */
  private static void ask(Opened opened, Expected expected, SplittableRandom random) {
    int from = random.nextInt(EXAMPLES - LARGEST);
    int count = 1 + random.nextInt(LARGEST);
    int what = random.nextInt(8);
    boolean later = random.nextBoolean();
    while (true) {
      try {
        ask(opened.service(), expected, from, count, what, later);
        return;
      } catch (ClosedException e) {
        assertThat(e).hasMessageContaining("closed");
      }
    }
  }

  private static void ask(
      VaeService service, Expected expected, int from, int count, int what, boolean later) {
    int to = from + count;
    float[][] given = Arrays.copyOfRange(expected.examples, from, to);
    switch (what) {
      case 0 -> requireRows(answer(service, Request.encode(given), later), expected.latents, from);
      case 1 ->
        requireRows(
            answer(service, Request.decode(Arrays.copyOfRange(expected.latents, from, to)), later),
            expected.decoded,
            from);
      case 2, 3 ->
        requireRows(
            answer(service, Request.reconstruct(given), later), expected.reconstructed, from);
      case 4 ->
        requireRows(answer(service, Request.sample(1, from), later), expected.sampled, from);
      case 5 -> {
        AnomalyScores scores = answer(service, Request.score(given), later).get(0);
        assertThat(scores.elbo()).isCloseTo(expected.bounds[from], within(CLOSE * SIZE));
      }
      case 6 -> service.submit(Request.encode(given)).cancel(true);
      default ->
        assertThatThrownBy(() -> service.call(Request.encode(new float[SIZE - 1])))
            .isInstanceOf(VaeException.class);
    }
  }

  private static <T> List<T> answer(VaeService service, Request<T> request, boolean later) {
    if (!later) {
      return service.call(request);
    }
    CompletableFuture<List<T>> answer = service.submit(request);
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof VaeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static void requireRows(List<float[]> rows, float[][] expected, int from) {
    for (int i = 0; i < rows.size(); i++) {
      float[] row = rows.get(i);
      assertThat(row).hasSameSizeAs(expected[from + i]);
      for (int j = 0; j < row.length; j++) {
        if (!(Math.abs(row[j] - expected[from + i][j]) < CLOSE)) {
          throw new AssertionError("number " + j + " of row " + (from + i) + " is " + row[j]
              + ", not " + expected[from + i][j]);
        }
      }
    }
  }

  @Test
  @DisplayName(
      "Random requests of sixteen threads, closed and opened again, have the right answers")
  void gathered(@TempDir Path folder) throws Exception {
    soak(folder, ServiceOptions.defaults().withQueue(64));
  }

  @Test
  @DisplayName("So have requests that wait for others to be computed with, and each by itself")
  void waiting(@TempDir Path folder) throws Exception {
    soak(
        folder.resolve("waiting"),
        ServiceOptions.defaults().withBatch(16, Duration.ofNanos(200_000)).withWorkers(2));
    soak(folder.resolve("alone"), ServiceOptions.defaults().withoutBatches());
  }

  @Test
  @DisplayName("A call for one example allocates its answer and little more")
  void allocation() {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean,
        "skipped: this Java does not count what threads allocate");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Vae vae = model().build();
        VaeService service = vae.service()) {
      float[] example = rows(examples(1))[0];
      int warming = 2_000;
      int calls = 1_000;
      for (int i = 0; i < warming; i++) {
        service.reconstruct(example);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        service.reconstruct(example);
      }
      long each = (threads.getCurrentThreadAllocatedBytes() - before) / calls;
      long answer = (long) SIZE * Float.BYTES;
      assertThat(each - answer)
          .as("bytes beyond the answer, in each call")
          .isLessThanOrEqualTo(kit().bytesOfCall());
    }
  }
}
