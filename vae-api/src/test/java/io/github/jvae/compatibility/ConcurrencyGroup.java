package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.Vae;
import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Computation.Examples;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.Variables;
import io.github.jvae.error.ClosedException;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Any thread may do anything with a backend at any time: each gets its own answer, and a use that
 * comes after closing is refused, as one in the midst of it may be. Never does a use touch what is
 * released.
 */
abstract class ConcurrencyGroup extends CompatibilityGroup {
  private static final int THREADS = 8;
  private static final int CLOSINGS = 200;
  private static final long PATIENCE_SECONDS = 120;
  private static final long BETWEEN_COLLECTIONS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int SIDE = 96;
  private static final Parameter WEIGHT =
      new Parameter("weight", Shape.of(SIDE, SIDE), new Initializer.Constant(0.5));

  /** Takes a while, in native code and in Java. */
  private static final Computation LOSS = (trace, in) ->
      List.of(in.get(0).matmul(trace.parameter("weight")).tanh().square().mean());

  private static final Computation ROWS = Computation.of(
      Examples.APART,
      (trace, in) -> List.of(in.get(0).matmul(trace.parameter("weight")).tanh()));

  ConcurrencyGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private Backend started() {
    OpenBackend engine = openUnwatched();
    engine.create(List.of(WEIGHT), 0);
    return engine.backend();
  }

  private static HostTensor rows(int count) {
    HostTensor x = HostTensor.zeros(Shape.of(count, SIDE));
    Arrays.fill(x.data(), 1f / SIDE);
    return x;
  }

  /** Does something in several threads at once, and fails as the first that fails. */
  private static void inThreads(int threads, IntConsumer action) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(threads);
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        all.add(executor.submit(() -> {
          start.countDown();
          start.await();
          action.accept(number);
          return null;
        }));
      }
      for (Future<?> one : all) {
        one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  @DisplayName("Each of several threads that decode with one model gets its own images")
  void decoding() throws Exception {
    try (Vae vae = Vae.builder()
        .backend(kit().module())
        .threads(1)
        .input(1, 12, 12)
        .mlp(48)
        .latent(4)
        .build()) {
      List<HostTensor> latents = IntStream.range(0, THREADS)
          .mapToObj(i -> Numbers.normal("latents " + i, Shape.of(1 + i % 3, 4)))
          .toList();
      List<HostTensor> expected = latents.stream().map(vae::decode).toList();
      inThreads(THREADS, thread -> {
        for (int i = 0; i < 200; i++) {
          assertThat(vae.decode(latents.get(thread))).isEqualTo(expected.get(thread));
        }
      });
    }
  }

  @Test
  @DisplayName("Batches of mixed sizes, gradients, training, reading and writing do not disturb")
  void everythingAtOnce() throws Exception {
    int rounds = 60;
    try (Backend backend = started()) {
      Executable forward = backend.compile(ROWS);
      Executable gradients = backend.compileGradients(LOSS);
      TrainingStep step = backend.compileTraining(LOSS, Adam.defaults());
      HostTensor weight = backend.variables().read("weight");
      List<HostTensor> gradient = gradients.run(rows(SIDE));
      inThreads(THREADS, thread -> {
        for (int i = 0; i < rounds; i++) {
          if (thread == 0) {
            // At the rate of zero the variables stay what they are.
            step.run(0, rows(1 + i % 5));
          } else if (thread == 1) {
            Variables variables = backend.variables();
            assertThat(variables.readAll().get("weight")).isEqualTo(weight);
            variables.write("weight", weight);
          } else if (thread == 2) {
            assertThat(gradients.run(rows(SIDE))).isEqualTo(gradient);
          } else {
            requireRowsOf(forward, 1 + (thread * 31 + i) % 40);
          }
        }
      });
      assertThat(step.state().step()).isEqualTo(rounds);
      assertThat(backend.variables().read("weight")).isEqualTo(weight);
    }
  }

  private static void requireRowsOf(Executable forward, int count) {
    HostTensor result = forward.run(rows(count)).get(0);
    assertThat(result.shape()).isEqualTo(Shape.of(count, SIDE));
    for (float number : result.data()) {
      assertThat(number)
          .isCloseTo((float) Math.tanh(0.5), org.assertj.core.data.Offset.offset(1e-5f));
    }
  }

  /** Repeats uses in other threads, closes in the midst of them, and waits for the refusals. */
  private static void closeDuring(Runnable close, Runnable... uses) throws Exception {
    CountDownLatch begun = new CountDownLatch(uses.length);
    List<CompletableFuture<Void>> users = new ArrayList<>();
    for (Runnable use : uses) {
      users.add(CompletableFuture.runAsync(() -> {
        use.run();
        begun.countDown();
        while (true) {
          use.run();
        }
      }));
    }
    assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    close.run();
    for (CompletableFuture<Void> user : users) {
      assertThatThrownBy(() -> user.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(VaeException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  @DisplayName("Closing the backend during use ends the use with an error, two hundred times")
  void backendClosedDuringUse() throws Exception {
    for (int round = 0; round < CLOSINGS; round++) {
      Backend backend = started();
      Variables variables = backend.variables();
      Executable forward = backend.compile(ROWS);
      TrainingStep step = backend.compileTraining(LOSS, Adam.defaults());
      int size = 1 + round % 7;
      closeDuring(
          backend::close,
          () -> step.run(0.001, rows(SIDE)),
          () -> forward.run(rows(size)),
          () -> variables.write("weight", variables.read("weight")));
    }
  }

  @Test
  @DisplayName("Closing an executable or a step during use ends that use, and no other")
  void executableClosedDuringUse() throws Exception {
    try (Backend backend = started()) {
      for (int round = 0; round < CLOSINGS / 4; round++) {
        Executable forward = backend.compile(ROWS);
        closeDuring(forward::close, () -> forward.run(rows(3)), () -> forward.run(rows(4)));
        Executable gradients = backend.compileGradients(LOSS);
        closeDuring(gradients::close, () -> gradients.run(rows(SIDE)));
        TrainingStep step = backend.compileTraining(LOSS, Adam.defaults());
        closeDuring(step::close, () -> step.run(0, rows(SIDE)));
        TrainingStep other = backend.compileTraining(LOSS, Adam.defaults());
        closeDuring(other::close, () -> other.restore(other.state()));
      }
      requireRowsOf(backend.compile(ROWS), 5);
    }
  }

  @Test
  @DisplayName("A computation that closes its own backend or executable is refused")
  void closedWhileRecorded() {
    Backend backend = started();
    Executable closing = backend.compile((trace, in) -> {
      backend.close();
      return List.of(in.get(0).exp());
    });
    assertThatThrownBy(() -> closing.run(rows(2)))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("closed");
    try (Backend other = started()) {
      List<Executable> itself = new ArrayList<>();
      itself.add(other.compile((trace, in) -> {
        itself.get(0).close();
        return List.of(in.get(0).exp());
      }));
      assertThatThrownBy(() -> itself.get(0).run(rows(2)))
          .isInstanceOf(ClosedException.class)
          .hasMessageContaining("closed");
      assertThat(other.variables().read("weight").data()).containsOnly(0.5f);
    }
  }

  @Test
  @DisplayName("A tensor or a trace that was kept beyond closing reaches nothing")
  void keptTensor() {
    List<Tensor> kept = new ArrayList<>();
    try (Backend backend = started()) {
      backend.evaluate(
          (trace, in) -> {
            kept.add(trace.parameter("weight"));
            return List.of(kept.get(0).sum());
          },
          rows(1));
    }
    try {
      // To record more is harmless where nothing native is touched.
      kept.get(0).exp();
    } catch (VaeException e) {
      assertThat(e).hasMessageContaining("closed");
    }
    assertThatThrownBy(() -> kept.get(0).trace().parameter("weight"))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("closed");
    try (Backend another = started()) {
      assertThatThrownBy(() -> another.evaluate((trace, in) -> List.of(kept.get(0)), rows(1)))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("another computation");
    }
  }

  @Test
  @DisplayName("A backend that nobody closes is not collected as garbage during its last run")
  void nobodyCloses() throws Exception {
    List<HostTensor> expected;
    try (Backend backend = started()) {
      expected = backend.evaluate(LOSS, rows(SIDE));
    }
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> collector = CompletableFuture.runAsync(() -> {
      while (!done.get()) {
        System.gc();
        // Else the runs get hardly any time between two collections.
        LockSupport.parkNanos(BETWEEN_COLLECTIONS);
      }
    });
    try {
      for (int i = 0; i < 20; i++) {
        assertThat(started().compile(LOSS).run(rows(SIDE))).isEqualTo(expected);
      }
    } finally {
      done.set(true);
    }
    collector.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
