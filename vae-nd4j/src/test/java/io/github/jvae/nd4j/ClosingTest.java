package io.github.jvae.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.Variables;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Memory that a run, a read or a write is using")
final class ClosingTest {
  private static final int SIDE = 192;
  private static final Parameter WEIGHT =
      new Parameter("weight", Shape.of(SIDE, SIDE), new Initializer.Constant(0.5));

  /** Takes a while, in native code and in Java. */
  private static final Computation LOSS = (trace, in) ->
      List.of(in.get(0).matmul(trace.parameter("weight")).tanh().square().mean());

  private static HostTensor ones() {
    HostTensor x = HostTensor.zeros(Shape.of(SIDE, SIDE));
    Arrays.fill(x.data(), 1f / SIDE);
    return x;
  }

  private static Nd4jBackend started() {
    Nd4jBackend backend = new Nd4jBackend(new BackendOptions(1, Precision.FLOAT32));
    backend.variables().create(WEIGHT, WEIGHT.initialValue(0));
    return backend;
  }

  /** Repeats a use in another thread, closes in the midst of it, and waits for the refusal. */
  private static void closeDuring(Runnable use, Runnable close) throws Exception {
    CountDownLatch begun = new CountDownLatch(3);
    CompletableFuture<Void> user = CompletableFuture.runAsync(() -> {
      while (true) {
        use.run();
        begun.countDown();
      }
    });
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    close.run();
    assertThatThrownBy(() -> user.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(VaeException.class)
        .hasMessageContaining("closed");
  }

  @Test
  @DisplayName("is not released by a thread that closes the backend meanwhile")
  void backendClosedByAnotherThread() throws Exception {
    HostTensor x = ones();
    for (int round = 0; round < 10; round++) {
      Nd4jBackend first = started();
      TrainingStep step = first.compileTraining(LOSS, Adam.defaults());
      closeDuring(() -> step.run(0.001, x), first::close);
      Nd4jBackend second = started();
      Executable gradients = second.compileGradients(LOSS);
      closeDuring(() -> gradients.run(x), second::close);
      Nd4jBackend third = started();
      Variables variables = third.variables();
      closeDuring(() -> variables.write("weight", variables.read("weight")), third::close);
    }
  }

  @Test
  @DisplayName("is not released by a thread that closes the executable or the step meanwhile")
  void executableClosedByAnotherThread() throws Exception {
    HostTensor x = ones();
    try (Nd4jBackend backend = started()) {
      for (int round = 0; round < 10; round++) {
        Executable forward = backend.compile(LOSS);
        closeDuring(() -> forward.run(x), forward::close);
        TrainingStep step = backend.compileTraining(LOSS, Adam.defaults());
        closeDuring(() -> step.run(0.001, x), step::close);
        TrainingStep other = backend.compileTraining(LOSS, Adam.defaults());
        closeDuring(() -> other.restore(other.state()), other::close);
      }
    }
  }

  @Test
  @DisplayName("is not touched by a computation that closes its own backend or executable")
  void closedWhileRecorded() {
    Nd4jBackend backend = started();
    Executable closing = backend.compile((trace, in) -> {
      backend.close();
      return List.of(in.get(0).exp());
    });
    assertThatThrownBy(() -> closing.run(ones()))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("closed");
    try (Nd4jBackend other = started()) {
      List<Executable> itself = new ArrayList<>();
      itself.add(other.compile((trace, in) -> {
        itself.get(0).close();
        return List.of(trace.parameter("weight").exp());
      }));
      assertThatThrownBy(() -> itself.get(0).run())
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("closed");
      assertThat(other.variables().read("weight").data()).containsOnly(0.5f);
    }
  }

  @Test
  @DisplayName("is not reached through a tensor or a trace that was kept beyond closing")
  void keptTensor() {
    List<Tensor> kept = new ArrayList<>();
    try (Nd4jBackend backend = started()) {
      backend.evaluate(
          (trace, in) -> {
            kept.add(trace.parameter("weight"));
            return List.of(kept.get(0).sum());
          },
          ones());
    }
    Tensor tensor = kept.get(0);
    // To record more is harmless, as nothing runs.
    assertThat(tensor.exp().shape()).isEqualTo(WEIGHT.shape());
    assertThatThrownBy(() -> tensor.trace().parameter("weight"))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("closed");
    try (Nd4jBackend another = started()) {
      assertThatThrownBy(() -> another.evaluate((trace, in) -> List.of(tensor)))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("another computation");
    }
  }

  @Test
  @DisplayName("is not collected as garbage during the last run of a backend that nobody closes")
  void nobodyCloses() throws Exception {
    HostTensor x = ones();
    List<HostTensor> expected;
    try (Nd4jBackend backend = started()) {
      expected = backend.evaluate(LOSS, x);
    }
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> collector = CompletableFuture.runAsync(() -> {
      while (!done.get()) {
        System.gc();
      }
    });
    try {
      for (int i = 0; i < 50; i++) {
        assertThat(started().compile(LOSS).run(x)).isEqualTo(expected);
      }
    } finally {
      done.set(true);
    }
    collector.get(30, TimeUnit.SECONDS);
  }
}
