package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.model.Model;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** R7: the same start and the same numbers give the same model, whatever else goes on. */
abstract class ReproducibilityGroup extends CompatibilityGroup {

  ReproducibilityGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  @Test
  @DisplayName("Two backends with one thread take the same ten steps, bit for bit")
  void singleThread() {
    for (ModelSpec spec : List.of(ModelSpec.mlp(), ModelSpec.conv())) {
      try (TrainingRun first = TrainingRun.start(open(), spec);
          TrainingRun second = TrainingRun.start(open(), spec)) {
        assertThat(first.next(10)).isEqualTo(second.next(10));
        assertThat(first.values()).isEqualTo(second.values());
      }
    }
  }

  @Test
  @DisplayName("Two threads give the same losses but for the order of sums")
  void twoThreads() {
    BackendOptions two = BackendOptions.builder().threads(2).build();
    for (ModelSpec spec : List.of(ModelSpec.mlp(), ModelSpec.conv())) {
      try (TrainingRun single = TrainingRun.start(open(), spec);
          TrainingRun dual = TrainingRun.start(open(two), spec)) {
        TrainingRun.checkLosses(dual.next(10), single.next(10), 1e-6);
      }
    }
  }

  @Test
  @DisplayName("Batch sizes may change between calls; each is recorded once")
  void batchSizes() {
    for (ModelSpec spec : List.of(ModelSpec.mlp(), ModelSpec.conv())) {
      AtomicInteger recordings = new AtomicInteger();
      try (OpenBackend engine = open();
          OpenBackend reference = reference()) {
        Computation bound = ModelSpec.elbo(engine, spec.start(engine, 4));
        Model model = spec.start(reference, 4);
        try (Executable actual = engine.backend().compile((trace, in) -> {
              recordings.incrementAndGet();
              return bound.record(trace, in);
            });
            Executable expected = reference.backend().compile(ModelSpec.elbo(reference, model))) {
          for (int batch : new int[] {128, 7, 128, 1, 7, 2, 1}) {
            HostTensor[] inputs = {
              spec.images(batch), spec.noise(batch, batch), HostTensor.scalar(1)
            };
            Closeness.checkTensor(
                "elbo of batch " + batch,
                actual.run(inputs).get(1),
                Closeness.doubles(expected.run(inputs).get(1)),
                Closeness.MODEL);
          }
        }
      }
      assertThat(recordings).hasValue(4);
    }
  }

  @Test
  @DisplayName("Batch sizes may change between training steps; the optimizer remembers across them")
  void trainingBatchSizes() {
    try (TrainingRun actual = TrainingRun.start(open(), ModelSpec.conv());
        TrainingRun expected = TrainingRun.start(reference(), ModelSpec.conv())) {
      for (int batch : new int[] {16, 5, 16, 1, 5}) {
        Closeness.relative(Closeness.TRAINING)
            .check("loss", actual.next(0.01, batch), expected.next(0.01, batch));
      }
      assertThat(actual.step().state().step()).isEqualTo(5);
      actual.checkSlots(expected, 1e-3);
    }
  }

  private List<Double> alone(ModelSpec spec) {
    try (TrainingRun run = TrainingRun.start(open(), spec)) {
      return run.next(10);
    }
  }

  @Test
  @DisplayName("Two models trained in turns do not disturb each other")
  void twoModels() {
    List<Double> mlp = alone(ModelSpec.mlp());
    List<Double> conv = alone(ModelSpec.conv());
    try (TrainingRun first = TrainingRun.start(open(), ModelSpec.mlp());
        TrainingRun second = TrainingRun.start(open(), ModelSpec.conv())) {
      List<Double> firstLosses = new ArrayList<>();
      List<Double> secondLosses = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        firstLosses.addAll(first.next(1));
        secondLosses.addAll(second.next(1));
      }
      assertThat(firstLosses).isEqualTo(mlp);
      assertThat(secondLosses).isEqualTo(conv);
    }
  }

  @Test
  @DisplayName("Two computations of one backend share its variables")
  void sharedVariables() {
    ModelSpec spec = ModelSpec.mlp();
    try (TrainingRun run = TrainingRun.start(open(), spec);
        Executable bound =
            run.engine().backend().compile(ModelSpec.elbo(run.engine(), run.model()))) {
      for (int t = 0; t < 3; t++) {
        double before = bound.run(run.inputs(t, TrainingRun.BATCH)).get(0).item();
        Closeness.relative(Closeness.MODEL).check("loss", run.next(1).get(0), before);
      }
    }
  }

  @Test
  @DisplayName("Two threads that train a model each give what they give one after the other")
  void twoJavaThreads() throws Exception {
    List<Double> mlp = alone(ModelSpec.mlp());
    List<Double> conv = alone(ModelSpec.conv());
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 3; round++) {
        Callable<List<Double>> first = () -> alone(ModelSpec.mlp());
        Callable<List<Double>> second = () -> alone(ModelSpec.conv());
        List<Future<List<Double>>> results = threads.invokeAll(List.of(first, second));
        assertThat(results.get(0).get()).isEqualTo(mlp);
        assertThat(results.get(1).get()).isEqualTo(conv);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("A backend may be handed from one thread to another")
  void handedOver() throws Exception {
    List<Double> expected = alone(ModelSpec.mlp());
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (TrainingRun run = TrainingRun.start(open(), ModelSpec.mlp())) {
      List<Double> losses = new ArrayList<>(run.next(5));
      losses.addAll(other.submit(() -> run.next(5)).get());
      assertThat(losses).isEqualTo(expected);
    } finally {
      other.shutdownNow();
    }
  }
}
