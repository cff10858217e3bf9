package io.github.jvae.bench.command;

import io.github.jvae.bench.compare.ComparisonRun;
import io.github.jvae.bench.compare.EngineRecord;
import io.github.jvae.bench.compare.Repetition;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.compare.results.Setup;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.LiveLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A comparison while it runs: a table that changes where a person watches, else a line for each
 * repetition; the table at the end in both cases.
 */
final class CompareTable implements AutoCloseable {
  private static final String ROW = "%-11s %4s %8s %18s %6s %11s  %s";

  private final ComparisonRun run;
  private final Setup setup;
  private final Console console;
  private final LiveLines live;

  CompareTable(ComparisonRun run, Setup setup, Console console) {
    this.run = run;
    this.setup = setup;
    this.console = console;
    this.live = console.liveLines();
  }

  /** Says what is about to be done. */
  void begin() {
    console.say(
        "data: %s, %d images to train on and %d to test on",
        setup.data(), setup.trainImages(), setup.testImages());
    console.say("model: %s; %s", setup.model(), setup.likelihood());
    console.say(
        "%d engine(s), %d time(s) each, in turns: %d steps of %d images, %d thread(s)",
        run.engines().size(),
        setup.repetitions(),
        setup.steps(),
        setup.batchSize(),
        setup.threads());
    console.say("");
    live.show(this::rows);
  }

  /** Something is known that was not. */
  void changed() {
    live.show(this::rows);
  }

  /** An engine's repetition is over, or never began. */
  void ended(EngineRecord engine) {
    if (!live.isWatched()) {
      console.say(
          "%s, repetition %d: %s", engine.backend(), engine.repetitions().size(), outcome(engine));
    }
    live.show(this::rows);
  }

  private static String outcome(EngineRecord engine) {
    if (engine.failure() != null) {
      return "failed: " + engine.failure();
    }
    Repetition latest = engine.latest();
    Double speed = latest == null ? null : latest.imagesPerSecond();
    return latest == null || speed == null
        ? "nothing measured"
        : String.format(
            Locale.ROOT,
            "%.0f images/s, loss %.2f nats/example after %d steps",
            speed,
            latest.lastLoss(),
            latest.steps());
  }

  /** Leaves the table as it is in the end. */
  @Override
  public void close() {
    live.close();
    rows().forEach(console::say);
    console.say("");
  }

  private List<String> rows() {
    List<String> rows = new ArrayList<>();
    rows.add(String.format(
        Locale.ROOT,
        ROW,
        "engine",
        "runs",
        "images/s",
        "(least to most)",
        "ratio",
        "loss, nats",
        ""));
    double fastest = run.engines().stream()
        .map(CompareTable::speeds)
        .filter(speeds -> speeds != null)
        .mapToDouble(Spread::median)
        .max()
        .orElse(Double.NaN);
    run.engines().forEach(engine -> rows.add(row(engine, fastest)));
    return rows;
  }

  private static @Nullable Spread speeds(EngineRecord engine) {
    List<Double> speeds = engine.imagesPerSecond();
    return speeds.isEmpty() ? null : Spread.of(speeds);
  }

  private static String row(EngineRecord engine, double fastest) {
    Spread speeds = speeds(engine);
    Repetition latest = engine.latest();
    String state = engine.failure() != null
        ? "failed: " + engine.failure()
        : latest == null ? "waiting" : latest.activity();
    return String.format(
        Locale.ROOT,
        ROW,
        engine.backend(),
        engine.repetitions().size(),
        speeds == null ? "-" : format("%.0f", speeds.median()),
        speeds == null ? "" : format("(%.0f to %.0f)", speeds.min(), speeds.max()),
        speeds == null ? "-" : format("%.3f", speeds.median() / fastest),
        latest == null || latest.steps() == 0 ? "-" : format("%.2f", latest.lastLoss()),
        state);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
