package io.github.jvae.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.Vae;
import io.github.jvae.error.ClosedException;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.AnomalyScorer;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A service of a model")
@Timeout(120)
class VaeServiceTest {
  private static final int LATENT = 2;
  private static final int SIZE = 9;
  private static final long PATIENCE_SECONDS = 60;
  private static final ServiceOptions ONE_WORKER = ServiceOptions.defaults().withWorkers(1);

  private final List<Integer> computed = Collections.synchronizedList(new ArrayList<>());
  private Vae vae = model().build();

  private static Vae.Builder model() {
    return Vae.builder()
        .backend(new ReferenceModule())
        .threads(1)
        .input(1, 3, 3)
        .mlp(5)
        .latent(LATENT);
  }

  @BeforeEach
  void forget() {
    computed.clear();
  }

  @AfterEach
  void close() {
    vae.close();
  }

  private static float[] example(int number) {
    float[] pixels = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      pixels[i] = (number * 7 + i * 3) % 11 / 10f;
    }
    return pixels;
  }

  private static float[][] examples(int count) {
    return IntStream.range(0, count).mapToObj(VaeServiceTest::example).toArray(float[][]::new);
  }

  private static HostTensor tensor(float[]... rows) {
    HostTensor all = HostTensor.zeros(Shape.of(rows.length, 1, 3, 3));
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all.data(), i * SIZE, SIZE);
    }
    return all;
  }

  private static float[] row(HostTensor all, int row) {
    int size = all.data().length / all.shape().dimension(0);
    return Arrays.copyOfRange(all.data(), row * size, (row + 1) * size);
  }

  private VaeService service(ServiceOptions options) {
    VaeService service = vae.service(options);
    service.observe(new ServiceObserver() {
      @Override
      public void answered(long nanos) {}

      @Override
      public void computed(int examples) {
        computed.add(examples);
      }

      @Override
      public void rejected() {}
    });
    return service;
  }

  /** Keeps everybody else from the model until it is released. */
  private CompletableFuture<?> occupy(CountDownLatch release) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<?> occupant = CompletableFuture.runAsync(() -> vae.runtime()
        .backend()
        .evaluate(
            (trace, inputs) -> {
              begun.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return List.of(inputs.get(0).exp());
            },
            HostTensor.scalar(0)));
    begun.await();
    return occupant;
  }

  private static void awaitWaiting(VaeService service, int examples) throws InterruptedException {
    while (service.waiting() != examples) {
      Thread.sleep(1);
    }
  }

  @Test
  @DisplayName("answers as the model does, one example or several, at once or later")
  void answers() throws Exception {
    float[][] several = examples(3);
    try (VaeService service = service(ServiceOptions.defaults());
        AnomalyScorer scorer = AnomalyScorer.of(vae.runtime())) {
      HostTensor encoded = vae.encode(tensor(several)).mean();
      HostTensor reconstructed = vae.reconstruct(tensor(several));
      HostTensor samples = vae.sample(3, 5);
      assertThat(service.encode(several[1])).containsExactly(row(encoded, 1));
      assertThat(service.decode(row(encoded, 1)))
          .containsExactly(row(vae.decode(encoded.rows(1, 2)), 0));
      assertThat(service.reconstruct(several[1])).containsExactly(row(reconstructed, 1));
      assertThat(service.sample(5)).containsExactly(row(vae.sample(1, 5), 0));
      assertThat(service.call(Request.sample(3, 5)).get(2)).containsExactly(row(samples, 2));
      assertThat(service.submit(Request.reconstruct(several)).get().get(2))
          .containsExactly(row(reconstructed, 2));
      assertThat(service.call(Request.score(several)))
          .isEqualTo(scorer.score(tensor(several), Map.of(), 1, 1));
      assertThat(service.score(several[0]))
          .isEqualTo(service.submit(Request.score(several)).get().get(0));
    }
  }

  @Test
  @DisplayName(
      "gives a model its conditions, and says which are missing, unknown or of another size")
  void conditions() {
    try (Vae told = model().condition("label", 2).build();
        VaeService service = told.service()) {
      float[] label = {0, 1};
      assertThat(service
              .call(Request.reconstruct(example(1)).given("label", label))
              .get(0))
          .containsExactly(told.inference()
              .reconstruct(
                  tensor(example(1)), Map.of("label", HostTensor.of(Shape.of(1, 2), label)))
              .data());
      refused("needs the condition 'label'", () -> service.reconstruct(example(1)));
      refused(
          "no condition 'lable', only label",
          () -> service.call(Request.reconstruct(example(1)).given("lable", label)));
      refused(
          "is given for 2 example(s) of 1",
          () -> service.call(Request.reconstruct(example(1)).given("label", label, label)));
      refused(
          "has 1 numbers, but the model takes 2",
          () -> service.call(Request.reconstruct(example(1)).given("label", new float[] {1})));
    }
  }

  private static void refused(String sentence, ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(sentence)
        .message()
        .doesNotContain("\n");
  }

  @Test
  // Nulls are among what is refused.
  @SuppressWarnings("NullAway")
  @DisplayName("refuses what the model cannot take in the caller's thread, and goes on")
  void badInput() {
    float[] notANumber = example(1);
    notANumber[3] = Float.NaN;
    float[] outside = example(1);
    outside[0] = 1.5f;
    try (VaeService service = service(ONE_WORKER.withQueue(4))) {
      refused("has 8 numbers, but the model takes 9", () -> service.encode(new float[8]));
      refused("has 3 numbers, but the model takes 2", () -> service.decode(new float[3]));
      refused("number 4 of example 1 of the request is NaN", () -> service.score(notANumber));
      refused(
          "example 2 of the request is null",
          () -> service.submit(Request.reconstruct(example(1), null)).get());
      refused("null in place of its arrays", () -> Request.encode((float[][]) null));
      refused(
          "at least one example, not 0", () -> service.submit(Request.encode()).get());
      refused("at least one example, not -1", () -> service.call(Request.sample(-1, 1)));
      refused(
          "has 5 examples, but the service's queue holds 4",
          () -> service.call(Request.encode(examples(5))));
      refused("0", () -> service.score(outside));
      assertThat(computed).isEmpty();
      assertThat(service.reconstruct(example(1))).hasSize(SIZE);
    }
  }

  @Test
  @DisplayName("gathers what waits into one batch, and gives each its own answer")
  void gathered() throws Exception {
    int count = 9;
    CountDownLatch release = new CountDownLatch(1);
    try (VaeService service = service(ONE_WORKER)) {
      HostTensor expected = vae.reconstruct(tensor(examples(count + 1)));
      CompletableFuture<?> occupant = occupy(release);
      CompletableFuture<List<float[]>> first = service.submit(Request.reconstruct(example(0)));
      awaitWaiting(service, 0);
      List<CompletableFuture<List<float[]>>> others = IntStream.rangeClosed(1, count)
          .mapToObj(i -> service.submit(Request.reconstruct(example(i))))
          .toList();
      CompletableFuture<List<float[]>> encoded = service.submit(Request.encode(example(0)));
      release.countDown();
      occupant.get();
      assertThat(first.get().get(0)).containsExactly(row(expected, 0));
      for (int i = 0; i < count; i++) {
        assertThat(others.get(i).get().get(0)).containsExactly(row(expected, i + 1));
      }
      assertThat(encoded.get().get(0)).hasSize(LATENT);
      assertThat(computed).containsExactly(1, count, 1);
    }
  }

  @Test
  @DisplayName("waits for others until a batch is full, and never divides a request")
  void full() throws Exception {
    try (VaeService service = service(ONE_WORKER.withBatch(4, Duration.ofHours(1)))) {
      CompletableFuture<List<float[]>> one = service.submit(Request.encode(example(0)));
      CompletableFuture<List<float[]>> two = service.submit(Request.encode(examples(2)));
      assertThat(one).isNotDone();
      service.submit(Request.encode(example(3))).get();
      assertThat(one.get()).hasSize(1);
      assertThat(two.get()).hasSize(2);
      service.submit(Request.encode(examples(6))).get();
      assertThat(computed).containsExactly(4, 6);
    }
  }

  @Test
  @DisplayName("does not wait for ever for others")
  void waitsShortly() throws Exception {
    try (VaeService service = service(ONE_WORKER.withBatch(4, Duration.ofMillis(5)))) {
      assertThat(service.submit(Request.encode(example(0))).get()).hasSize(1);
      assertThat(service.encode(example(0))).hasSize(LATENT);
    }
  }

  @Test
  @DisplayName("does not compute what was cancelled before it was begun")
  void cancelled() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (VaeService service = service(ONE_WORKER)) {
      CompletableFuture<?> occupant = occupy(release);
      CompletableFuture<List<float[]>> begun = service.submit(Request.encode(example(0)));
      awaitWaiting(service, 0);
      CompletableFuture<List<float[]>> cancelled = service.submit(Request.encode(examples(3)));
      CompletableFuture<List<float[]>> kept = service.submit(Request.encode(example(1)));
      assertThat(service.waiting()).isEqualTo(4);
      assertThat(cancelled.cancel(false)).isTrue();
      assertThat(service.waiting()).isEqualTo(1);
      release.countDown();
      occupant.get();
      begun.get();
      kept.get();
      assertThat(computed).containsExactly(1, 1);
    }
  }

  @Test
  @DisplayName("with no room refuses at once, or lets a thread wait for as long as it is told")
  void noRoom() throws Exception {
    ServiceOptions small = ONE_WORKER.withQueue(2);
    CountDownLatch release = new CountDownLatch(1);
    try (VaeService rejecting = service(small.rejecting());
        VaeService impatient = service(small.waiting(Duration.ZERO));
        VaeService patient = service(small.waiting(Duration.ofMinutes(10)))) {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      new ServiceMeters(rejecting, Tag.of("model", "test")).bindTo(registry);
      CompletableFuture<?> occupant = occupy(release);
      for (VaeService service : List.of(rejecting, impatient, patient)) {
        assertThat(service.submit(Request.encode(example(0)))).isNotDone();
        awaitWaiting(service, 0);
        assertThat(service.submit(Request.encode(examples(2)))).isNotDone();
      }
      assertThatThrownBy(() -> rejecting.encode(example(0)))
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining("no room for 1 more example(s): 2 of at most 2 wait");
      assertThatThrownBy(() -> impatient.submit(Request.encode(example(0))).get())
          .isInstanceOf(RejectedException.class);
      CompletableFuture<float[]> waits =
          CompletableFuture.supplyAsync(() -> patient.encode(example(0)));
      assertThat(registry.get("vae.service.queue").tag("model", "test").gauge().value())
          .isEqualTo(2);
      release.countDown();
      occupant.get();
      assertThat(waits.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).hasSize(LATENT);
      while (registry.get("vae.service.requests").timer().count() < 2) {
        Thread.sleep(1);
      }
      assertThat(registry.get("vae.service.rejected").counter().count()).isEqualTo(1);
      assertThat(registry.get("vae.service.computed").counter().count()).isEqualTo(3);
      assertThat(registry.get("vae.service.batch").summary().max()).isEqualTo(2);
      assertThat(registry.get("vae.service.requests").timer().count()).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("lets go of a thread that is interrupted while it waits, whose flag stays set")
  void interrupted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (VaeService service = service(ONE_WORKER)) {
      CompletableFuture<?> occupant = occupy(release);
      assertThat(service.submit(Request.encode(example(0)))).isNotDone();
      awaitWaiting(service, 0);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread waiting = new Thread(() -> {
        try {
          service.encode(example(1));
        } catch (VaeException e) {
          thrown.set(e);
        }
        flag.complete(Thread.currentThread().isInterrupted());
      });
      waiting.start();
      awaitWaiting(service, 1);
      waiting.interrupt();
      assertThat(flag.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(thrown.get()).isInstanceOf(InterruptedRequestException.class);
      assertThat(service.waiting()).isZero();
      release.countDown();
      occupant.get();
      assertThat(service.encode(example(1))).hasSize(LATENT);
      assertThat(computed).containsExactly(1, 1);
    }
  }

  @Test
  @DisplayName("answers what it has taken before it closes, and then refuses")
  void closed() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    VaeService service = service(ONE_WORKER.withBatch(8, Duration.ofHours(1)));
    CompletableFuture<?> occupant = occupy(release);
    List<CompletableFuture<List<float[]>>> taken = IntStream.range(0, 3)
        .mapToObj(i -> service.submit(Request.encode(example(i))))
        .toList();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(service::close);
    awaitWaiting(service, 0);
    assertThatThrownBy(() -> service.encode(example(0))).isInstanceOf(ClosedException.class);
    assertThat(closing).isNotDone();
    release.countDown();
    occupant.get();
    closing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    for (CompletableFuture<List<float[]>> one : taken) {
      assertThat(one.get()).hasSize(1);
    }
    service.close();
    assertThatThrownBy(() -> service.submit(Request.encode(example(0))).get())
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("service is closed");
    assertThat(vae.encode(tensor(example(0))).mean().shape()).isEqualTo(Shape.of(1, LATENT));
  }

  @Test
  @DisplayName("says that its model is closed, and closes after it")
  void modelClosed() {
    try (VaeService service = service(ONE_WORKER)) {
      vae.close();
      assertThatThrownBy(() -> service.encode(example(0))).isInstanceOf(ClosedException.class);
      assertThatThrownBy(() -> service.submit(Request.encode(example(0))).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ClosedException.class);
    }
  }

  /** Fails wherever one of its examples is poisoned, as a fault in an engine would. */
  private static final Operation<float[]> FRAGILE = new Operation<>("test") {
    @Override
    Output compute(ServedModel model, Input input) {
      for (float number : input.rows().data()) {
        if (number == 0.625f) {
          throw new IllegalStateException("poisoned");
        }
      }
      return new Output(input.rows(), List.of());
    }

    @Override
    List<float[]> answers(Output output, int from, int to) {
      return IntStream.range(from, to).mapToObj(i -> row(output.rows(), i)).toList();
    }
  };

  @Test
  @DisplayName("lets a request fail alone that fails while it is computed with others")
  void failing() throws Exception {
    float[] poisoned = example(1);
    poisoned[2] = 0.625f;
    try (VaeService service = service(ONE_WORKER.withBatch(3, Duration.ofHours(1)))) {
      CompletableFuture<List<float[]>> before = service.submit(Request.of(FRAGILE, example(0)));
      CompletableFuture<List<float[]>> bad = service.submit(Request.of(FRAGILE, poisoned));
      CompletableFuture<List<float[]>> after = service.submit(Request.of(FRAGILE, example(2)));
      assertThat(before.get().get(0)).containsExactly(example(0));
      assertThat(after.get().get(0)).containsExactly(example(2));
      assertThatThrownBy(bad::get).hasMessageContaining("poisoned");
      CompletableFuture<float[]> late = CompletableFuture.supplyAsync(
          () -> service.call(Request.of(FRAGILE, poisoned)).get(0));
      service.submit(Request.of(FRAGILE, example(0), example(1))).get();
      assertThatThrownBy(late::get).hasRootCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  @DisplayName("may be asked and closed in what follows an answer")
  void within() throws Exception {
    VaeService service = service(ONE_WORKER);
    CompletableFuture<float[]> twice = service
        .submit(Request.encode(example(0)))
        .thenApply(latents -> {
          float[] made = service.decode(latents.get(0));
          service.close();
          return made;
        });
    assertThat(twice.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .containsExactly(vae.reconstruct(tensor(example(0))).data());
    service.close();
    assertThatThrownBy(() -> service.encode(example(0))).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("is not made with numbers that make no sense")
  void options() {
    ServiceOptions usual = ServiceOptions.defaults();
    List<ThrowingCallable> senseless = List.of(
        () -> usual.withQueue(0),
        () -> usual.withBatch(257, Duration.ZERO),
        () -> usual.withBatch(8, Duration.ofMillis(-1)),
        () -> usual.withWorkers(0),
        () -> usual.withScores(0, 1),
        () -> usual.waiting(Duration.ofDays(1)));
    senseless.forEach(options -> assertThatThrownBy(options)
        .isInstanceOf(ConfigurationException.class)
        .message()
        .startsWith("a service's ")
        .doesNotContain("\n"));
  }
}
