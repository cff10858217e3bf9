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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process that measures an engine, watched from outside: what it tells is passed on, one that
 * tells nothing for too long is ended by its own id, and how it ended is put into words. Its
 * standard error goes to a file, and its standard input stays open as long as this process lives,
 * so that it can end itself when nobody waits for it any more. Not for use by several threads, but
 * for {@link #stop}.
 */
final class EngineProcess implements AutoCloseable {
  private static final long SECONDS_TO_EXIT = 20;

  /** How long after a signal to a whole group of processes this one knows of it too. */
  private static final long SIGNAL_MILLIS = 1000;

  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  private final Supplier<List<String>> command;
  private final Path log;
  private final Charset charset;
  private final double patienceSeconds;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private @Nullable Process process;
  private boolean whole;
  private volatile boolean stopped;

  /**
   * @param command starts it; asked for when its first turn has come
   * @param log where its standard error goes
   * @param charset in which that is written
   * @param patienceSeconds how long it may tell nothing
   */
  EngineProcess(Supplier<List<String>> command, Path log, Charset charset, double patienceSeconds) {
    this.command = command;
    this.log = log;
    this.charset = charset;
    this.patienceSeconds = patienceSeconds;
  }

  /** A line, or the end of them. */
  private record Line(@Nullable String text) {}

  /**
   * Has it take its turn: starts it the first time, and waits until it pauses or ends.
   *
   * @param events told what it tells, in this thread
   * @return whether there is more to come
   * @throws VaeException that says why it came to nothing, unless it was stopped; it is ended then
   */
  boolean takeTurn(Consumer<MeasuringEvent> events) {
    boolean goesOn = false;
    try {
      Process running = begin();
      goesOn = running != null && isPaused(running, events);
      return goesOn;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaeException("interrupted", e);
    } finally {
      if (!goesOn) {
        close();
      }
    }
  }

  /** Waits until it pauses or ends; whether it paused. */
  private boolean isPaused(Process running, Consumer<MeasuringEvent> events)
      throws InterruptedException {
    long deadline = deadline();
    while (true) {
      Line line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        running.destroyForcibly().waitFor();
        throw new VaeException(String.format(
            Locale.ROOT,
            "it told nothing for %.0f s and was ended; give it more with --time-limit",
            patienceSeconds));
      }
      if (line.text() == null) {
        conclude(running);
        return false;
      }
      Optional<MeasuringEvent> event = MeasuringEvent.Lines.read(line.text());
      if (event.isPresent()) {
        if (event.get() instanceof MeasuringEvent.Paused) {
          return true;
        }
        whole |= event.get() instanceof MeasuringEvent.Ended;
        events.accept(event.get());
        deadline = deadline();
      }
    }
  }

  private long deadline() {
    return System.nanoTime() + (long) (patienceSeconds * 1e9);
  }

  /** Starts it or tells it to go on; null if it was stopped. */
  private synchronized @Nullable Process begin() {
    if (stopped) {
      return null;
    }
    Process present = process;
    if (present == null) {
      return start();
    }
    try {
      present.getOutputStream().write(MeasuringProgram.TURN);
      present.getOutputStream().flush();
    } catch (IOException e) {
      // It has ended while it paused; what it told last is still to be read.
    }
    return present;
  }

  private Process start() {
    try {
      Process started =
          new ProcessBuilder(command.get()).redirectError(log.toFile()).start();
      process = started;
      Thread reader = new Thread(() -> read(started, lines), "vae-compare-reader");
      reader.setDaemon(true);
      reader.start();
      return started;
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

  private void conclude(Process ended) throws InterruptedException {
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
    close();
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
