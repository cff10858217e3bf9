package io.github.jvae.backend.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Precision;
import io.github.jvae.error.ClosedException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Runs that change nothing")
@Timeout(120)
class LanesTest {
  private static final HostTensor X = HostTensor.zeros(Shape.of(1, 2));
  private static final long PATIENCE_SECONDS = 60;
  private static final Computation NOTHING = (trace, inputs) -> inputs;

  private final AtomicInteger programs = new AtomicInteger();
  private volatile Runnable within = () -> {};

  /** A program, which one thread at a time may be in. */
  private final class Program {
    private final AtomicBoolean inside = new AtomicBoolean();

    List<HostTensor> run(HostTensor... inputs) {
      assertThat(inside.compareAndSet(false, true)).as("nobody else runs it").isTrue();
      try {
        within.run();
        return List.of(inputs);
      } finally {
        inside.set(false);
      }
    }
  }

  private final class Computing extends CompiledComputation<Engine, Program>
      implements SharedExecutable {
    Computing(Engine engine) {
      super(engine, NOTHING);
    }

    @Override
    protected Program prepare(List<Shape> shapes) {
      programs.incrementAndGet();
      return new Program();
    }

    @Override
    protected void release(Program program) {
      assertThat(program.inside).isFalse();
      programs.decrementAndGet();
    }

    @Override
    public List<HostTensor> run(HostTensor... inputs) {
      return program(inputs).run(inputs);
    }

    @Override
    public @Nullable List<HostTensor> runIfReady(HostTensor... inputs) {
      return runIfIdle(Program::run, inputs);
    }
  }

  private static final class NoVariables extends EngineVariables<EngineVariable> {
    NoVariables(Lifecycle lifecycle) {
      super(lifecycle);
    }

    @Override
    protected EngineVariable store(String name, HostTensor value) {
      return new EngineVariable(value.shape()) {};
    }

    @Override
    protected HostTensor read(EngineVariable variable) {
      return HostTensor.zeros(variable.shape());
    }

    @Override
    protected void write(EngineVariable variable, HostTensor value) {}
  }

  private final class Engine extends EngineBackend {
    private final EngineVariables<?> variables = new NoVariables(lifecycle());
    private @Nullable Computing computing;

    Engine() {
      super("test", BackendOptions.builder().build(), List.of("cpu"), Set.of());
    }

    @Override
    public BackendInfo info() {
      return new BackendInfo("test", "test", "test", "cpu", 1, Precision.FLOAT32);
    }

    @Override
    protected EngineVariables<?> engineVariables() {
      return variables;
    }

    @Override
    protected Executable newExecutable(Computation computation) {
      computing = new Computing(this);
      return computing;
    }

    @Override
    protected void release() {}
  }

  @BeforeEach
  void severalLanes() {
    assumeTrue(Lifecycle.lanes() > 1, "skipped: one processor");
  }

  /** Two threads run one executable, and each goes on when the other is in its program too. */
  private void meet(Executable executable) throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    within = () -> {
      try {
        both.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
    CompletableFuture<?> one = CompletableFuture.runAsync(() -> executable.run(X));
    executable.run(X);
    one.get();
    within = () -> {};
  }

  /** Makes a second program: it is wanted while the first is run. */
  private static void wantAnother(Executable executable, LanesTest test, Computing computing) {
    executable.run(X);
    test.within = () -> assertThat(computing.runIfReady(X)).isNull();
    executable.run(X);
    test.within = () -> {};
    computing.run(X);
  }

  @Test
  @DisplayName("are under way at once, in a program each, as soon as two were wanted")
  void atOnce() throws Exception {
    try (Engine engine = new Engine()) {
      Executable executable = engine.compile(NOTHING);
      wantAnother(executable, this, Objects.requireNonNull(engine.computing));
      assertThat(programs).hasValue(2);
      meet(executable);
      assertThat(programs).hasValue(2);
    }
    assertThat(programs).hasValue(0);
  }

  @Test
  @DisplayName("need one program for each combination of shapes, as long as threads take turns")
  void inTurns() {
    try (Engine engine = new Engine()) {
      Executable executable = engine.compile(NOTHING);
      for (int i = 0; i < 5; i++) {
        executable.run(X);
        executable.run(HostTensor.zeros(Shape.of(3)));
      }
      assertThat(programs).hasValue(2);
    }
  }

  @Test
  @DisplayName("end before anything is changed or closed, and none begins meanwhile")
  void exclusive() throws Exception {
    Engine engine = new Engine();
    Executable executable = engine.compile(NOTHING);
    executable.run(X);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    within = () -> {
      entered.countDown();
      try {
        assertThat(release.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        ended.set(true);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
    CompletableFuture<?> running = CompletableFuture.runAsync(() -> executable.run(X));
    assertThat(entered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Boolean> changed =
        CompletableFuture.supplyAsync(() -> engine.lifecycle().use(ended::get));
    CompletableFuture<?> closed = changed.thenRun(engine::close);
    Thread.sleep(20);
    assertThat(changed).isNotDone();
    release.countDown();
    running.get();
    assertThat(changed.get()).isTrue();
    closed.get();
    assertThatThrownBy(() -> executable.run(X)).isInstanceOf(ClosedException.class);
  }
}
