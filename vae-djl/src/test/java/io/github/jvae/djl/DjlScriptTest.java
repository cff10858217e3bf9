package io.github.jvae.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.pytorch.jni.JniUtils;
import io.github.jvae.backend.Adam;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.CacheSizes;
import io.github.jvae.backend.support.CompiledComputation;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A script")
final class DjlScriptTest {
  private static final HostTensor X = HostTensor.of(Shape.of(2, 2), -3, -0.5f, 0.5f, 3);

  private static DjlBackend open() {
    return new DjlBackend(BackendOptions.defaults());
  }

  /** A computation in an operation of PyTorch's own. */
  private static Computation calling(BiFunction<DjlTrace, ScriptValue, ScriptValue> call) {
    return (trace, inputs) -> {
      DjlTensor x = (DjlTensor) inputs.get(0);
      ScriptValue result =
          trace.within("likelihood odd", () -> call.apply((DjlTrace) trace, x.unwrap()));
      return List.of(((DjlTrace) trace).tensor(x.shape(), result));
    };
  }

  @Test
  @DisplayName("may call any operation of PyTorch's")
  void nativeOperation() {
    try (DjlBackend backend = open()) {
      Computation clamp = calling((trace, x) -> trace.call("torch.clamp", x, -1.0, 1.0));
      assertThat(backend.evaluate(clamp, X).get(0).data()).containsExactly(-1, -0.5f, 0.5f, 1);
    }
  }

  @Test
  @DisplayName("that PyTorch rejects is an error with the line and the component")
  void rejected() {
    try (DjlBackend backend = open()) {
      Computation unknown = calling((trace, x) -> trace.call("torch.no_such_operation", x));
      assertThatThrownBy(() -> backend.evaluate(unknown, X))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("torch.no_such_operation(input0)", "likelihood odd")
          .hasMessageNotContaining("\n");
      assertUsable(backend);
    }
  }

  @Test
  @DisplayName("that fails as it runs is an error with the line and the component")
  void failing() {
    try (DjlBackend backend = open()) {
      Computation misfit = calling((trace, x) -> trace.call("torch.reshape", x, new int[] {7}));
      assertThatThrownBy(() -> backend.evaluate(misfit, X))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("torch.reshape(input0, [7])", "likelihood odd", "invalid")
          .hasMessageNotContaining("\n");
      assertUsable(backend);
    }
  }

  private static void assertUsable(DjlBackend backend) {
    assertThat(
            backend.evaluate((trace, in) -> List.of(in.get(0).abs()), X).get(0).data())
        .containsExactly(3, 0.5f, 0.5f, 3);
  }

  @Test
  @DisplayName("holds what the outputs need and nothing else, and says who recorded it")
  void text() {
    DjlTrace trace;
    try (DjlBackend backend = open()) {
      trace = backend.newTrace(false);
    }
    DjlTensor x = trace.input(Shape.of(2));
    x.exp();
    Tensor needed = trace.within("prior p\nq", () -> x.tanh().multiply(2));
    ScriptText text = new ScriptText().addArgument("input0");
    text.addNeeded(trace.recorded(), List.of(((DjlTensor) needed).unwrap()), ScriptValue::toString);
    text.addReturn("v2");
    assertThat(text.toString()).isEqualTo("""
            class Computation(Module):
              __parameters__ = []
              __buffers__ = []
              def forward(self: __torch__.Computation, input0: Tensor) -> Tensor:
                # prior p q
                v1 = torch.tanh(input0)
                v2 = torch.mul(v1, 2.0)
                # result
                return v2
            """);
  }

  @Test
  @DisplayName("leaves the thread's settings of gradients as they were")
  void gradientMode() {
    try (DjlBackend backend = open()) {
      boolean before = JniUtils.isGradMode();
      for (boolean on : new boolean[] {!before, before}) {
        JniUtils.setGradMode(on);
        train(backend, on ? "a" : "b");
        assertThat(JniUtils.isGradMode()).isEqualTo(on);
      }
    }
  }

  @Test
  @DisplayName("is kept for each of the last batch sizes; nothing is left of others")
  void batchSizes() {
    try (DjlBackend backend = open()) {
      Parameter parameter = new Parameter("w", Shape.of(2, 2), new Initializer.Constant(1));
      backend.variables().create(parameter, parameter.initialValue(0));
      AtomicInteger recordings = new AtomicInteger();
      Computation loss = (trace, in) -> {
        recordings.incrementAndGet();
        return List.of(in.get(0).matmul(trace.parameter("w")).square().mean());
      };
      try (TrainingStep step = backend.compileTraining(loss, Adam.defaults())) {
        int arrays = trainOnRows(backend, step, 1, CompiledComputation.MOST_PROGRAMS);
        for (int round = 0; round < 3; round++) {
          assertThat(trainOnRows(backend, step, 1, CompiledComputation.MOST_PROGRAMS))
              .isEqualTo(arrays);
        }
        assertThat(recordings).as("each size once").hasValue(CompiledComputation.MOST_PROGRAMS);
        assertThat(trainOnRows(backend, step, 100, 100 + 2 * CompiledComputation.MOST_PROGRAMS))
            .isEqualTo(arrays);
        assertThat(trainOnRows(backend, step, 1, 1)).as("recorded anew").isEqualTo(arrays);
        assertThat(step.state().step()).isEqualTo(6L * CompiledComputation.MOST_PROGRAMS + 2);
      }
    }
  }

  /** A step on each of these numbers of rows; the arrays that there are afterwards. */
  private static int trainOnRows(DjlBackend backend, TrainingStep step, int first, int last) {
    for (int rows = first; rows <= last; rows++) {
      step.run(0.01, HostTensor.zeros(Shape.of(rows, 2)));
    }
    try (var any = backend.memory().allocate(Shape.scalar())) {
      return any.getManager().getManagedArrays().size();
    }
  }

  private static HostTensor train(DjlBackend backend, String name) {
    Parameter parameter = new Parameter(name, Shape.of(2, 2), new Initializer.Constant(1));
    backend.variables().create(parameter, parameter.initialValue(0));
    Computation loss =
        (trace, in) -> List.of(in.get(0).matmul(trace.parameter(name)).square().sum());
    try (TrainingStep step = backend.compileTraining(loss, Adam.defaults())) {
      step.run(0.1, X);
    }
    return backend.variables().read(name);
  }

  @Test
  @DisplayName("runs with its backend's number of threads, whatever others use")
  void threads() {
    BackendOptions two = BackendOptions.builder().threads(2).build();
    BackendOptions one = BackendOptions.builder().threads(1).build();
    try (DjlBackend first = new DjlBackend(two);
        DjlBackend second = new DjlBackend(one);
        Executable firstRun = first.compile((trace, in) -> in);
        Executable secondRun = second.compile((trace, in) -> in)) {
      for (int round = 0; round < 2; round++) {
        firstRun.run(X);
        assertThat(JniUtils.getNumThreads()).isEqualTo(2);
        secondRun.run(X);
        assertThat(JniUtils.getNumThreads()).isEqualTo(1);
      }
    }
  }

  @Test
  @DisplayName("multiplies matrices in bfloat16 where that is asked for")
  void bfloat16() {
    assumeTrue(CacheSizes.areTold(), "skipped: declared as a gap on this machine");
    HostTensor fine = HostTensor.of(Shape.of(1, 1), 1 + 1f / 512);
    Computation product =
        (trace, in) -> List.of(in.get(0).matmul(in.get(0)), in.get(0).square());
    try (DjlBackend backend =
        new DjlBackend(BackendOptions.builder().precision(Precision.BFLOAT16).build())) {
      List<HostTensor> results = backend.evaluate(product, fine);
      assertThat(results.get(0).item()).as("rounded to 8 bits").isEqualTo(1);
      assertThat(results.get(1).item()).as("no product of matrices").isGreaterThan(1.003f);
      assertThat(train(backend, "w").data()).containsOnly(0.9f);
    }
  }
}
