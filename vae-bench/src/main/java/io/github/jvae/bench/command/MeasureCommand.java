package io.github.jvae.bench.command;

import io.github.jvae.backend.Backends;
import io.github.jvae.bench.compare.ComparisonPlan;
import io.github.jvae.bench.compare.EngineMeasurement;
import io.github.jvae.bench.compare.MeasuringEvent;
import io.github.jvae.bench.compare.MeasuringProgram;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code vae compare} runs in processes of their own; nobody types it. */
@Command(
    name = MeasuringProgram.NAME,
    hidden = true,
    mixinStandardHelpOptions = true,
    description =
        "Measures one engine for 'vae compare', and tells what it measures as JSON lines.")
public final class MeasureCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PLAN", description = "What to measure.")
  private Path plan = Path.of("");

  @Option(names = "--backend", required = true, description = "The engine.")
  private String backend = "";

  @Option(
      names = "--launched",
      required = true,
      description = "When this process was launched, milliseconds since the epoch.")
  private long launched;

  @Option(names = "--folder", description = "Where the model and its pictures go.")
  private @Nullable Path folder;

  @Override
  public Integer call() {
    Consumer<MeasuringEvent> events = MeasuringProgram.events();
    Runnable pause = MeasuringProgram.turns(events);
    new EngineMeasurement(ComparisonPlan.read(plan), Backends.choose(backend), events, pause)
        .run(launched, folder);
    return 0;
  }
}
