package io.github.jvae.bench.compare;

import io.github.jvae.bench.fork.ForkedJava;
import io.github.jvae.error.VaeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that measures an engine, watched from outside: what it tells is passed on, one that
 * tells nothing for too long is ended by its own id, and how it ended is put into words. Its
 * standard error goes to a file, and its standard input stays open as long as this process lives,
 * so that it can end itself when nobody waits for it any more.
 */
final class EngineProcess {
  private static final long SECONDS_TO_EXIT = 20;

  /** How long after a signal to a whole group of processes this one knows of it too. */
  private static final long SIGNAL_MILLIS = 1000;

  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  private final List<String> command;
  private final Path log;
  private final Charset charset;
  private final double patienceSeconds;
  private @Nullable Process process;
  private volatile boolean stopped;

  /**
   * @param command starts it
   * @param log where its standard error goes
   * @param charset in which that is written
   * @param patienceSeconds how long it may tell nothing
   */
  EngineProcess(List<String> command, Path log, Charset charset, double patienceSeconds) {
    this.command = command;
    this.log = log;
    this.charset = charset;
    this.patienceSeconds = patienceSeconds;
  }

  /** A line, or the end of them. */
  private record Line(@Nullable String text) {}

  /**
   * Runs it to its end.
   *
   * @param events told what it tells, in this thread
   * @throws VaeException that says why it came to nothing, unless it was stopped
   */
  void run(Consumer<MeasuringEvent> events) {
    Process running = start();
    if (running == null) {
      return;
    }
    BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(running, lines), "vae-compare-reader");
    reader.setDaemon(true);
    reader.start();
    boolean whole = false;
    try {
      long deadline = deadline();
      while (true) {
        Line line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
          running.destroyForcibly().waitFor();
          throw new VaeException(String.format(
              "it told nothing for %.0f s and was ended; give it more with --time-limit",
              patienceSeconds));
        }
        if (line.text() == null) {
          break;
        }
        Optional<MeasuringEvent> event = MeasuringEvent.Lines.read(line.text());
        if (event.isPresent()) {
          whole |= event.get() instanceof MeasuringEvent.Ended;
          events.accept(event.get());
          deadline = deadline();
        }
      }
      conclude(running, whole);
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new VaeException("interrupted", e);
    } finally {
      running.destroyForcibly();
    }
  }

  private long deadline() {
    return System.nanoTime() + (long) (patienceSeconds * 1e9);
  }

  private synchronized @Nullable Process start() {
    if (stopped) {
      return null;
    }
    try {
      process = new ProcessBuilder(command).redirectError(log.toFile()).start();
      return process;
    } catch (IOException e) {
      throw new VaeException("a process of its own cannot be started: " + e.getMessage(), e);
    }
  }

  private static void read(Process process, BlockingQueue<Line> lines) {
    try (BufferedReader reader = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(new Line(line));
      }
    } catch (IOException e) {
      // It has ended in the middle of a line.
    }
    lines.add(new Line(null));
  }

  private void conclude(Process ended, boolean whole) throws InterruptedException {
    if (!ended.waitFor(SECONDS_TO_EXIT, TimeUnit.SECONDS)) {
      ended.destroyForcibly().waitFor();
    }
    int code = ended.exitValue();
    if (code == INTERRUPTED || code == TERMINATED) {
      awaitStop();
    }
    // An engine that breaks when it is unloaded has given its numbers all the same.
    if (whole || stopped) {
      return;
    }
    throw new VaeException(code == 0 ? "it ended before all was measured" : reason(code));
  }

  private void awaitStop() throws InterruptedException {
    for (int i = 0; i < SIGNAL_MILLIS / 10 && !stopped; i++) {
      Thread.sleep(10);
    }
  }

  private String reason(int code) {
    return ForkedJava.told(lines(), MeasuringProgram.PREFIX)
        .orElseGet(() -> ForkedJava.reason(code) + "; what it said is in " + log);
  }

  private List<String> lines() {
    try {
      return new String(Files.readAllBytes(log), charset).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Ends it, if it runs, or keeps it from starting; from any thread. */
  synchronized void stop() {
    stopped = true;
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
