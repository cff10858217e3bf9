package io.github.jvae.bench.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.fork.ForkedJava;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times each setting by {@code vae speed} in a process of its own: an engine's threads are fixed
 * when it starts, and what one setting leaves in memory would count for the next.
 */
public final class ForkedMeter implements Meter {
  /** For the start of an engine from a slow disk. */
  private static final double PATIENCE_SECONDS = 120;

  /** What is timed lasts about twice the seconds asked for; a slow batch overruns its window. */
  private static final double PATIENCE_FACTOR = 10;

  /** What stands in place of an exit code. */
  private static final int OVERDUE = -1;

  private static final JsonMapper JSON = new JsonMapper();

  private final String mainClass;
  private final Charset charset;
  private @Nullable Process running;
  private boolean stopped;

  /**
   * @param mainClass the class whose {@code main} understands {@code speed}
   * @param charset in which it writes
   */
  public ForkedMeter(String mainClass, Charset charset) {
    this.mainClass = mainClass;
    this.charset = charset;
  }

  @Override
  public Reading measure(SpeedSetting setting) {
    try {
      // Files rather than pipes, which a child that says much would fill and then wait for ever.
      Path out = Files.createTempFile("vae-speed", ".out");
      Path err = Files.createTempFile("vae-speed", ".err");
      try {
        Process process = start(setting, out, err);
        boolean ended = await(process, setting);
        return reading(ended ? process.exitValue() : OVERDUE, lines(out), lines(err));
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new VaeException("cannot time it in a process of its own: " + e.getMessage(), e);
    }
  }

  private synchronized Process start(SpeedSetting setting, Path out, Path err) throws IOException {
    if (stopped) {
      throw new VaeException("stopped before it began");
    }
    List<String> command =
        ForkedJava.command(List.of(), ForkedJava.classpath(), mainClass, setting.arguments());
    Process process = new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
    running = process;
    return process;
  }

  /** Waits for its end, but not for ever; whether it ended by itself. */
  private static boolean await(Process process, SpeedSetting setting) {
    double seconds = PATIENCE_SECONDS + PATIENCE_FACTOR * setting.seconds();
    try {
      if (process.waitFor((long) (seconds * 1000), TimeUnit.MILLISECONDS)) {
        return true;
      }
      process.destroyForcibly().waitFor();
      return false;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new VaeException("interrupted", e);
    }
  }

  private static Reading reading(int exitCode, List<String> out, List<String> err) {
    if (exitCode == 0 && !out.isEmpty()) {
      try {
        if (JSON.readTree(out.get(out.size() - 1)) instanceof ObjectNode result) {
          return new Reading(result);
        }
      } catch (JsonProcessingException e) {
        throw new VaeException(
            "its result cannot be read: " + Quote.message(e.getOriginalMessage()), e);
      }
    }
    throw new VaeException(reason(exitCode, err));
  }

  private static String reason(int exitCode, List<String> err) {
    return ForkedJava.told(err, "vae speed: ")
        .orElseGet(() -> exitCode == OVERDUE
            ? "it did not end in time; give it more time a point with --seconds"
            : ForkedJava.reason(exitCode) + (err.isEmpty() ? "" : ": " + err.get(err.size() - 1)));
  }

  private List<String> lines(Path file) throws IOException {
    return new String(Files.readAllBytes(file), charset)
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    if (running != null) {
      running.destroyForcibly();
    }
  }
}
