package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.compare.results.SweepResult;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.Interrupts;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.report.Report;
import io.github.jvae.bench.sweep.SpeedSetting;
import io.github.jvae.bench.sweep.Sweep;
import io.github.jvae.bench.sweep.SweepPoint;
import io.github.jvae.bench.sweep.SweepResults;
import io.github.jvae.bench.sweep.SweepRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sweeps of {@code vae speed}, one after another: each varies one thing and leaves the rest.
 */
final class SpeedSweep {
  /** Training, its warm-up, the networks, and the start of an engine. */
  private static final double SHARE_OF_SECONDS = 2;

  private static final double START_SECONDS = 4;

  private final SpeedSetting base;
  private final SweepRun run;
  private final Console console;
  private final @Nullable Path comparison;

  /** @param comparison the folder whose report shows the sweeps too; null for none */
  SpeedSweep(SpeedSetting base, SweepRun run, Console console, @Nullable Path comparison) {
    this.base = base;
    this.run = run;
    this.console = console;
    this.comparison = comparison;
  }

  /** Measures and tells all of them; returns the program's exit code. */
  int run(List<Sweep> sweeps) {
    if (comparison != null) {
      // A wrong folder is told before minutes are spent.
      ResultsFile.read(comparison.resolve(ResultsFile.NAME));
    }
    tellPlan(sweeps);
    List<SweepResult> kept = new ArrayList<>();
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    SweepTable table = new SweepTable(console);
    long failed = 0;
    try (Interrupts interrupts = Interrupts.listen(signal -> run.stop())) {
      for (Sweep sweep : sweeps) {
        if (!run.isStopped()) {
          table.head(sweep);
          List<SweepPoint> points = run.run(sweep, table::row);
          failed += points.stream().filter(point -> point.reading() == null).count();
          results.add(SweepTable.json(sweep, points));
          kept.add(SweepResults.of(sweep, base.workload().text(), points));
        }
      }
      if (comparison != null) {
        addTo(comparison, kept);
      }
      tellEnd(results, failed);
      return run.isStopped() ? interrupts.exitCode() : failed == 0 ? 0 : 1;
    }
  }

  private void tellPlan(List<Sweep> sweeps) {
    int points = sweeps.stream().mapToInt(run::size).sum();
    double seconds = points * (base.seconds() * SHARE_OF_SECONDS + START_SECONDS);
    console.say(
        "%s, %s: %d point(s), each in a process of its own, about %d min",
        base.workload().text(),
        base.precision(),
        points,
        Duration.ofSeconds((long) seconds).toMinutes() + 1);
  }

  private void addTo(Path folder, List<SweepResult> sweeps) {
    Path file = folder.resolve(ResultsFile.NAME);
    ComparisonResults results = SweepResults.added(
        ResultsFile.read(file),
        sweeps.stream().filter(sweep -> !sweep.points().isEmpty()).toList());
    ResultsFile.write(file, results);
    Report.of(results, folder).write(folder);
    console.say("");
    console.say("%s: shows the sweeps too", folder.resolve(Report.HTML));
  }

  private void tellEnd(ArrayNode results, long failed) {
    if (run.isStopped()) {
      console.say("");
      console.say("interrupted: the points above are what was measured");
    }
    console.result(new JsonResult()
        .put("workload", base.workload().text())
        .put("precision", base.precision())
        .put("seconds", (Double) base.seconds())
        .put("partial", BooleanNode.valueOf(run.isStopped()))
        .put("failed", failed)
        .put("sweeps", results));
  }
}
