package io.github.jvae.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.bench.compare.MeasuringEvent.Ended;
import io.github.jvae.bench.compare.MeasuringEvent.Judged;
import io.github.jvae.bench.compare.MeasuringEvent.Started;
import io.github.jvae.bench.compare.MeasuringEvent.Stepped;
import io.github.jvae.bench.fork.ForkedJava;
import io.github.jvae.error.VaeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A process that measures an engine")
final class EngineProcessTest {
  @TempDir
  Path folder;

  private final List<MeasuringEvent> events = new CopyOnWriteArrayList<>();

  private static List<String> command(String how) {
    return ForkedJava.command(
        List.of(), ForkedJava.classpath(), PretendedMeasurement.class.getName(), List.of(how));
  }

  private EngineProcess process(String how, double patience) {
    return new EngineProcess(
        () -> command(how), folder.resolve("log"), StandardCharsets.UTF_8, patience);
  }

  @Test
  @DisplayName("tells what it measures, whatever an engine says between")
  void well() {
    assertThat(process("well", 60).takeTurn(events::add)).isFalse();
    assertThat(events)
        .containsExactly(
            new Started("Engine 1", "Binding 1", "cpu", 10, 100),
            new Stepped(List.of(8, 8), List.of(0.1, 0.1), List.of(3.0, 2.5)),
            new Ended(123.0));
    assertThat(folder.resolve("log")).content().contains("more chatter");
  }

  @Test
  @DisplayName("pauses until it has its next turn")
  void pauses() throws InterruptedException {
    try (EngineProcess process = process("pausing", 60)) {
      assertThat(process.takeTurn(events::add)).isTrue();
      assertThat(events).hasSize(2);
      Thread.sleep(200);
      assertThat(process.takeTurn(events::add)).isTrue();
      assertThat(events).hasSize(3).last().isEqualTo(new Judged(2, -3));
      assertThat(process.takeTurn(events::add)).isFalse();
      assertThat(events).hasSize(4).last().isEqualTo(new Ended(123.0));
    }
  }

  @Test
  @DisplayName("that waits for its turn is not told to have hung, and ends when it is closed")
  void closes() throws InterruptedException {
    Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
    try (EngineProcess process = process("pausing", 3)) {
      assertThat(process.takeTurn(events::add)).isTrue();
      Thread.sleep(3500);
      assertThat(process.takeTurn(events::add)).isTrue();
    }
    while (!ProcessHandle.current().children().allMatch(before::contains)) {
      Thread.sleep(10);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "failing | out of memory; give Java more",
        "ending | it ended before all was measured",
        "killed | the system ended it, most likely for want of memory",
        "crashing | it crashed, in native code (signal 11)",
      })
  @DisplayName("that breaks down has told what it measured, and why it ended is told")
  void fails(String how, String reason) {
    assertThatThrownBy(() -> process(how, 60).takeTurn(events::add))
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith(reason);
    assertThat(events).hasSize(2);
  }

  @Test
  @DisplayName("that hangs is ended when it has told nothing for too long")
  void hangs() {
    Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
    assertThatThrownBy(() -> process("hanging", 3).takeTurn(events::add))
        .hasMessageContaining("told nothing for 3 s")
        .hasMessageContaining("--time-limit");
    assertThat(ProcessHandle.current().children()).allMatch(before::contains);
  }

  @Test
  @DisplayName("ends without a failure when it is told to")
  void stops() throws InterruptedException {
    EngineProcess process = process("hanging", 60);
    CompletableFuture<Void> run = CompletableFuture.runAsync(() -> process.takeTurn(events::add));
    while (events.size() < 2) {
      assertThat(run).isNotDone();
      Thread.sleep(10);
    }
    process.stop();
    assertThat(run).succeedsWithin(30, TimeUnit.SECONDS);
  }

  @Test
  @DisplayName("ends by itself when nobody holds its standard input any more")
  void orphaned() throws Exception {
    Process process = new ProcessBuilder(command("orphaned"))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
  }
}
