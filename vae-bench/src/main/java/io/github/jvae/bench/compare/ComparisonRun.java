package io.github.jvae.bench.compare;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.bench.fork.ForkedJava;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures engines in turns, each in a process of its own: A starts and pauses, B starts and
 * pauses, C; then A takes some steps, B as many, C, A again: what disturbs the machine for a while
 * disturbs all of them alike, and only one ever computes. All of it is repeated with new processes.
 * An engine that fails is left out from then on, and the others go on.
 */
public final class ComparisonRun {
  private final ComparisonPlan plan;
  private final int repetitions;
  private final ComparisonFolder folder;
  private final Launch launch;
  private final List<EngineRecord> engines;
  private final EngineClasspath classpath;
  private final List<EngineProcess> processes = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * How processes are started.
   *
   * @param mainClass the class whose {@code main} understands {@code measure}
   * @param charset in which it writes its standard error
   * @param patienceSeconds how long it may tell nothing
   */
  public record Launch(String mainClass, Charset charset, double patienceSeconds) {}

  /** Told how it goes. */
  public interface Listener {
    /** A process told something. */
    void changed(EngineRecord engine);

    /** A process ended, or never began. */
    void ended(EngineRecord engine);
  }

  /**
   * @param modules the engines, in order
   * @param available all engines on the class path
   * @param folder where models, pictures and logs go
   */
  public ComparisonRun(
      ComparisonPlan plan,
      int repetitions,
      List<BackendModule> modules,
      List<BackendModule> available,
      ComparisonFolder folder,
      Launch launch) {
    this.plan = plan;
    this.repetitions = repetitions;
    this.folder = folder;
    this.launch = launch;
    this.classpath = EngineClasspath.of(available);
    this.engines = modules.stream()
        .map(module -> {
          EngineRecord engine = new EngineRecord(
              module.name(), NativeLibraries.mebibytes(classpath.own(module.name())));
          module.unavailable().ifPresent(engine::fail);
          return engine;
        })
        .toList();
  }

  /** The engines, with what is known of them so far. */
  public List<EngineRecord> engines() {
    return engines;
  }

  /** Measures all there is to measure. */
  public void run(Listener listener) {
    Path planFile = folder.work().resolve("plan.json");
    plan.write(planFile);
    for (int repetition = 0; repetition < repetitions && !stopped; repetition++) {
      List<Turns> going = new ArrayList<>();
      for (EngineRecord engine : engines) {
        if (engine.failure() == null) {
          going.add(new Turns(engine, repetition, planFile, listener));
        } else if (repetition == 0) {
          // Why an engine is left out is told once.
          listener.ended(engine);
        }
      }
      try {
        while (!going.isEmpty() && !stopped) {
          going.removeIf(turns -> !turns.take());
        }
      } finally {
        going.forEach(Turns::close);
      }
    }
  }

  /** What one process does, turn by turn. */
  private final class Turns {
    private final EngineRecord engine;
    private final Listener listener;
    private final Path log;
    private final EngineProcess process;
    private @Nullable Repetition repetition;

    Turns(EngineRecord engine, int number, Path planFile, Listener listener) {
      this.engine = engine;
      this.listener = listener;
      this.log = folder.log(engine.backend(), number + 1);
      Path results = number == 0 ? folder.engine(engine.backend()) : null;
      this.process = new EngineProcess(
          () -> command(engine.backend(), planFile, results, log),
          log,
          launch.charset(),
          launch.patienceSeconds());
      register(process);
    }

    void close() {
      process.close();
    }

    /** Takes one; whether there are more. */
    boolean take() {
      boolean goesOn = false;
      try {
        Repetition present = repetition == null ? engine.begin(plan.steps()) : repetition;
        if (repetition == null) {
          repetition = present;
          listener.changed(engine);
        }
        goesOn = process.takeTurn(event -> {
          present.add(event);
          listener.changed(engine);
        });
        if (!goesOn) {
          Files.deleteIfExists(log);
        }
      } catch (VaeException e) {
        if (!stopped) {
          engine.fail(String.valueOf(e.getMessage()));
        }
      } catch (IOException e) {
        throw new VaeException(
            "cannot write to " + Quote.path(log) + ": " + FileFault.reason(e), e);
      }
      if (!goesOn) {
        listener.ended(engine);
      }
      return goesOn;
    }
  }

  private List<String> command(String backend, Path planFile, @Nullable Path results, Path log) {
    Path crash = log.resolveSibling(log.getFileName() + ".crash");
    return ForkedJava.command(
        List.of("-XX:ErrorFile=" + crash),
        classpath.of(backend),
        launch.mainClass(),
        MeasuringProgram.arguments(planFile, backend, System.currentTimeMillis(), results));
  }

  private synchronized void register(EngineProcess process) {
    processes.add(process);
    if (stopped) {
      process.stop();
    }
  }

  /** Ends the processes and leaves out the rest; from any thread. */
  public synchronized void stop() {
    stopped = true;
    processes.forEach(EngineProcess::stop);
  }

  /** Whether it was stopped. */
  public boolean isStopped() {
    return stopped;
  }
}
