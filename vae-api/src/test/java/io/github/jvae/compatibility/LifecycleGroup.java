package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.Variables;
import io.github.jvae.error.ClosedException;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Opening and closing. A use after closing is an error, never a crash. */
abstract class LifecycleGroup extends CompatibilityGroup {
  private static final HostTensor X = Numbers.normal("x", Shape.of(2, 3));
  private static final Parameter PARAMETER =
      new Parameter("p", Shape.of(3), new Initializer.Constant(1));
  private static final Computation LOSS =
      (trace, in) -> List.of(in.get(0).multiply(trace.parameter("p")).square().sum());

  LifecycleGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private Backend started() {
    OpenBackend engine = open();
    engine.create(List.of(PARAMETER), 0);
    return engine.backend();
  }

  private static void refused(String what, ThrowingCallable use) {
    assertThatThrownBy(use)
        .as(what)
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("closed");
  }

  @Test
  @DisplayName("The module says who it is and that it can run here")
  void module() {
    assertThat(kit().module().name()).matches("[a-z0-9-]+");
    assertThat(kit().module().description()).isNotBlank().doesNotContain("\n");
    assertThat(kit().module().unavailable()).isEmpty();
    try (OpenBackend engine = open()) {
      BackendInfo info = engine.backend().info();
      assertThat(info.name()).isEqualTo(kit().module().name());
      assertThat(info.engine()).matches(".*\\d.*");
      assertThat(info.binding()).isNotBlank();
      assertThat(info.device()).isNotBlank();
      assertThat(info.threads()).isEqualTo(1);
      engine.backend().gaps().values().forEach(reason -> assertThat(reason).isNotBlank());
    }
  }

  @Test
  @DisplayName("After the backend is closed, whatever it made refuses")
  void closedBackend() {
    Backend backend = started();
    Variables variables = backend.variables();
    Executable forward = backend.compile(LOSS);
    Executable neverRun = backend.compile(LOSS);
    Executable withoutVariables =
        backend.compile((trace, in) -> List.of(in.get(0).exp()));
    Executable gradients = backend.compileGradients(LOSS);
    TrainingStep step = backend.compileTraining(LOSS, Adam.defaults());
    forward.run(X);
    withoutVariables.run(X);
    gradients.run(X);
    step.run(0.1, X);
    OptimizerState state = step.state();
    backend.close();
    refused("forward", () -> forward.run(X));
    refused("without variables", () -> withoutVariables.run(X));
    refused("never run", () -> neverRun.run(X));
    refused("gradients", () -> gradients.run(X));
    refused("step", () -> step.run(0.1, X));
    refused("state", step::state);
    refused("restore", () -> step.restore(state));
    refused("names", variables::names);
    refused("shape", () -> variables.shape("p"));
    refused("read", () -> variables.read("p"));
    refused("read all", variables::readAll);
    refused("write", () -> variables.write("p", HostTensor.zeros(Shape.of(3))));
    refused("write all", () -> variables.writeAll(Map.of("p", HostTensor.zeros(Shape.of(3)))));
    refused("create", () -> variables.create(PARAMETER, PARAMETER.initialValue(0)));
    refused("compile", () -> backend.compile(LOSS));
    refused("compile gradients", () -> backend.compileGradients(LOSS));
    refused("compile training", () -> backend.compileTraining(LOSS, Adam.defaults()));
  }

  @Test
  @DisplayName("Closing twice does nothing, in any order of backend and executables")
  void doubleClose() {
    Backend backend = started();
    Executable before = backend.compile(LOSS);
    Executable after = backend.compile(LOSS);
    TrainingStep step = backend.compileTraining(LOSS, Adam.defaults());
    double expected = before.run(X).get(0).item();
    before.close();
    before.close();
    assertThat(after.run(X).get(0).item()).isEqualTo((float) expected);
    step.run(0.1, X);
    backend.close();
    backend.close();
    after.close();
    before.close();
    step.close();
    step.close();
    refused("executable", () -> after.run(X));
  }

  @Test
  @DisplayName("A closed executable or training step refuses, and the backend goes on")
  void closedExecutable() {
    try (Backend backend = started()) {
      Executable forward = backend.compile(LOSS);
      Executable unused = backend.compile(LOSS);
      Executable gradients = backend.compileGradients(LOSS);
      TrainingStep step = backend.compileTraining(LOSS, Adam.defaults());
      double loss = forward.run(X).get(0).item();
      gradients.run(X);
      step.run(0, X);
      OptimizerState state = step.state();
      for (AutoCloseable closeable : List.<AutoCloseable>of(forward, unused, gradients, step)) {
        close(closeable);
      }
      refused("forward", () -> forward.run(X));
      refused("unused", () -> unused.run(X));
      refused("gradients", () -> gradients.run(X));
      refused("step", () -> step.run(0.1, X));
      refused("state", step::state);
      refused("restore", () -> step.restore(state));
      assertThat(backend.evaluate(LOSS, X).get(0).item()).isEqualTo((float) loss);
      assertThat(backend.variables().read("p").data()).containsOnly(1);
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new AssertionError("closing failed", e);
    }
  }

  @Test
  @DisplayName("Closing one backend leaves another alone")
  void independentBackends() {
    Backend first = started();
    try (Backend second = started()) {
      Executable executable = second.compile(LOSS);
      double loss = executable.run(X).get(0).item();
      first.close();
      assertThat(executable.run(X).get(0).item()).isEqualTo((float) loss);
    }
  }

  @Test
  @DisplayName("A backend that never did anything can be closed")
  void unusedBackend() {
    Backend backend = open().backend();
    backend.close();
    backend.close();
    refused("compile", () -> backend.compile(LOSS));
  }
}
