package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.Variables;
import io.github.jvae.backend.support.ForwardingBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend that watches both sides of the interface while any test runs: that the implementer
 * returns as many outputs as were recorded, of the recorded shapes, in arrays of their own; leaves
 * its inputs alone; and records once per combination of shapes. It adds nothing and hides nothing
 * else, but for what it remembers it must be used by one thread at a time, and sees to that.
 */
final class AssertingBackend extends ForwardingBackend {
  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();

  AssertingBackend(Backend backend) {
    super(backend);
  }

  /** One thread at a time, though it need not always be the same. */
  private <R> R alone(Supplier<R> call) {
    Thread self = Thread.currentThread();
    Thread before = user.getAndSet(self);
    assertThat(before == null || before == self)
        .as("caller: a watched backend is used by one thread at a time")
        .isTrue();
    try {
      return call.get();
    } finally {
      user.set(before);
    }
  }

  @Override
  public Executable compile(Computation computation) {
    WatchedRuns watch = new WatchedRuns(computation);
    Executable executable = super.compile(watch);
    return new AssertingExecutable(executable, watch, List::of);
  }

  @Override
  public Executable compileGradients(Computation loss) {
    WatchedRuns watch = new WatchedRuns(loss);
    Executable executable = super.compileGradients(watch);
    return new AssertingExecutable(executable, watch, this::variableShapes);
  }

  private List<Shape> variableShapes() {
    Variables variables = variables();
    return variables.names().stream().map(variables::shape).toList();
  }

  @Override
  public TrainingStep compileTraining(Computation loss, Optimizer optimizer) {
    WatchedRuns watch = new WatchedRuns(loss);
    TrainingStep step = super.compileTraining(watch, optimizer);
    return new AssertingTrainingStep(step, watch, optimizer);
  }

  private final class AssertingExecutable implements Executable {
    private final Executable executable;
    private final WatchedRuns watch;
    private final Supplier<List<Shape>> more;

    AssertingExecutable(Executable executable, WatchedRuns watch, Supplier<List<Shape>> more) {
      this.executable = executable;
      this.watch = watch;
      this.more = more;
    }

    @Override
    public List<HostTensor> run(HostTensor... inputs) {
      return alone(() -> watch.check(executable::run, more, inputs));
    }

    @Override
    public Set<String> reached() {
      return executable.reached();
    }

    @Override
    public void close() {
      executable.close();
    }
  }

  private final class AssertingTrainingStep implements TrainingStep {
    private final TrainingStep step;
    private final WatchedRuns watch;
    private final Optimizer optimizer;

    AssertingTrainingStep(TrainingStep step, WatchedRuns watch, Optimizer optimizer) {
      this.step = step;
      this.watch = watch;
      this.optimizer = optimizer;
    }

    @Override
    public List<HostTensor> run(double learningRate, HostTensor... inputs) {
      return alone(() -> watch.check(given -> step.run(learningRate, given), List::of, inputs));
    }

    @Override
    public List<GradientNorm> gradientNorms() {
      List<GradientNorm> norms = step.gradientNorms();
      assertThat(norms.isEmpty() || optimizer.limits().needNorm())
          .as("implementer: norms of optimizers with limits alone")
          .isTrue();
      return norms;
    }

    @Override
    public OptimizerState state() {
      OptimizerState state = step.state();
      List<String> names = variables().names();
      List<Shape> shapes = variableShapes();
      assertThat(state.optimizer())
          .as("implementer: a state says whose")
          .isEqualTo(optimizer.name());
      assertThat(state.slots().keySet())
          .as("implementer: the optimizer's slots, in order")
          .containsExactlyElementsOf(optimizer.slots());
      for (Map<String, HostTensor> slot : state.slots().values()) {
        assertThat(slot.keySet())
            .as("implementer: slots of every variable, in order")
            .containsExactlyElementsOf(names);
        assertThat(slot.values().stream().map(HostTensor::shape).toList())
            .as("implementer: slots in the portable layout")
            .isEqualTo(shapes);
      }
      return state;
    }

    @Override
    public void restore(OptimizerState state) {
      step.restore(state);
    }

    @Override
    public void close() {
      step.close();
    }
  }
}
