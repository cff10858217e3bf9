package io.github.jvae.bench.report;

import io.github.jvae.bench.chart.Axis;
import io.github.jvae.bench.chart.LineChart;
import io.github.jvae.bench.chart.LineChart.Style;
import io.github.jvae.bench.chart.Series;
import io.github.jvae.bench.chart.Series.Sample;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.compare.results.SweepResult;
import io.github.jvae.bench.compare.results.SweepResult.Point;
import io.github.jvae.bench.report.page.Block;
import io.github.jvae.bench.report.page.Block.Figure;
import io.github.jvae.bench.report.page.Block.Pair;
import io.github.jvae.bench.report.page.Block.Table;
import io.github.jvae.bench.report.page.Page.Section;
import io.github.jvae.bench.sweep.SweptQuantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How the cost of a training step grows with batch size, latent size and threads. */
final class GrowthSection {
  private final List<SweepResult> sweeps;
  private final Engines engines;

  GrowthSection(List<SweepResult> sweeps, Engines engines) {
    this.sweeps = sweeps;
    this.engines = engines;
  }

  Section section() {
    List<Figure> figures = new ArrayList<>();
    for (SweepResult sweep : sweeps) {
      if (sweep.points().stream().anyMatch(point -> point.stepMs() != null)) {
        figures.add(figure(sweep));
      }
    }
    List<Block> blocks = figures.size() == 1 ? List.copyOf(figures) : List.of(new Pair(figures));
    return new Section("growth", "How cost grows", figures.isEmpty() ? List.of() : blocks);
  }

  private Figure figure(SweepResult sweep) {
    List<String> backends =
        sweep.points().stream().map(Point::backend).distinct().toList();
    List<Series> series = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (String backend : backends) {
      List<Sample> samples = new ArrayList<>();
      for (Point point : of(sweep, backend)) {
        Spread step = point.stepMs();
        if (step != null) {
          samples.add(new Sample(point.value(), step.median(), step.min(), step.max()));
        }
      }
      if (!samples.isEmpty()) {
        series.add(new Series(Engine.nameOf(backend), engines.colour(backend), samples));
        Sample last = samples.get(samples.size() - 1);
        sentences.add(Engine.nameOf(backend) + " " + Words.number(last.y(), "ms") + " at "
            + Words.count((long) last.x()));
      }
    }
    String title = "One training step of " + sweep.workload() + " against " + sweep.quantity();
    return new Figure(
        "sweep-" + sweep.workload() + "-" + sweep.quantity(),
        new LineChart(
            title,
            Axis.logarithmic(label(sweep.quantity())),
            Axis.logarithmic("one training step (ms)"),
            series,
            Style.MARKED,
            List.of()),
        String.join(", ", sentences),
        "Random images, each point in a process of its own,"
            + " both scales logarithmic. Lower is better; a whisker reaches from the fastest to the"
            + " slowest window of time.",
        table(sweep, backends, title));
  }

  private static List<Point> of(SweepResult sweep, String backend) {
    return sweep.points().stream()
        .filter(point -> point.backend().equals(backend))
        .toList();
  }

  private static String label(String quantity) {
    return Arrays.stream(SweptQuantity.values())
        .filter(known -> known.text().equals(quantity))
        .map(SweptQuantity::label)
        .findFirst()
        .orElse(quantity);
  }

  private static Table table(SweepResult sweep, List<String> backends, String caption) {
    List<Table.Row> rows = new ArrayList<>();
    for (int value : sweep.points().stream().map(Point::value).distinct().toList()) {
      List<String> cells = new ArrayList<>();
      for (String backend : backends) {
        Optional<Point> point =
            of(sweep, backend).stream().filter(p -> p.value() == value).findFirst();
        cells.add(point.map(GrowthSection::cell).orElse("not measured"));
        cells.add(point.map(p -> Words.number(p.trainImagesPerSecond())).orElse("not measured"));
        cells.add(point.map(p -> Words.number(p.peakRssMib())).orElse("not measured"));
      }
      rows.add(new Table.Row(Words.count(value), cells));
    }
    List<String> columns = backends.stream()
        .map(Engine::nameOf)
        .flatMap(name ->
            List.of(name + " step (ms)", name + " (images/s)", name + " peak memory (MiB)")
                .stream())
        .toList();
    return new Table(caption, label(sweep.quantity()), columns, rows);
  }

  private static String cell(Point point) {
    Spread step = point.stepMs();
    if (step != null) {
      return Words.number(step.median());
    }
    return point.failure() == null ? "not measured" : "failed: " + point.failure();
  }
}
