package io.github.jvae.bench.report;

import io.github.jvae.bench.chart.BarChart;
import io.github.jvae.bench.chart.NumberText;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.BackendResult.Inference;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import io.github.jvae.bench.compare.results.BackendResult.Latency;
import io.github.jvae.bench.compare.results.BackendResult.Phase;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.compare.results.BackendResult.Startup;
import io.github.jvae.bench.compare.results.BackendResult.Training;
import io.github.jvae.bench.compare.results.Setup;
import io.github.jvae.bench.report.page.Block;
import io.github.jvae.bench.report.page.Block.Figure;
import io.github.jvae.bench.report.page.Block.Pair;
import io.github.jvae.bench.report.page.Block.Table;
import io.github.jvae.bench.report.page.Page.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How fast the engines train, start, and use the trained model. */
final class SpeedSection {
  private final Engines engines;
  private final Setup setup;
  private final Bars bars;

  SpeedSection(Engines engines, Setup setup) {
    this.engines = engines;
    this.setup = setup;
    this.bars = new Bars(engines);
  }

  Section section() {
    List<Block> blocks = new ArrayList<>();
    add(blocks, throughput());
    pair(blocks, phases(), firstStep());
    pair(
        blocks,
        use(
            "encode",
            "Encoding",
            "Test images to their posteriors",
            Inference::encodeImagesPerSecond),
        use("decode", "Decoding", "Latent vectors to images", Inference::decodeImagesPerSecond));
    pair(
        blocks,
        use("sample", "Sampling", "From the prior to images", Inference::sampleImagesPerSecond),
        latency());
    add(blocks, target());
    return new Section("speed", "Speed", blocks);
  }

  private static void add(List<Block> blocks, @Nullable Block block) {
    if (block != null) {
      blocks.add(block);
    }
  }

  private static void pair(List<Block> blocks, @Nullable Figure... figures) {
    List<Figure> present = Stream.of(figures).filter(Objects::nonNull).toList();
    if (!present.isEmpty()) {
      blocks.add(new Pair(present));
    }
  }

  private @Nullable Figure throughput() {
    return bars.figure(
        "throughput",
        "Training throughput",
        "images/s",
        "Batches of " + Words.count(setup.batchSize())
            + " images; loss, gradients and the optimizer’s update. Longer is better. A dot is one"
            + " repetition, the whisker reaches from the slowest to the fastest, the bar is their"
            + " median; the interval of a ratio is a bootstrap’s, 95 %.",
        List.of("median", "slowest", "fastest", "times the fastest (–)", "95 % interval (–)"),
        SpeedSection::bar);
  }

  private static Bars.@Nullable Bar bar(Engine engine) {
    Double median = engine.throughput();
    Training training = engine.result().training();
    if (median == null || training == null) {
      return null;
    }
    List<Double> seen =
        training.imagesPerSecond().stream().filter(Double::isFinite).toList();
    double slowest = Collections.min(seen);
    double fastest = Collections.max(seen);
    Interval ratio = training.ratioToFastest();
    return new Bars.Bar(
        median,
        slowest,
        fastest,
        seen,
        List.of(
            Words.number(median),
            Words.number(slowest),
            Words.number(fastest),
            ratio == null ? NumberText.NONE : Words.number(ratio.value()),
            ratio == null ? NumberText.NONE : Words.interval(ratio)),
        ratio == null || ratio.value() == 1
            ? ""
            : ", " + Words.number(ratio.value()) + " times the fastest");
  }

  private @Nullable Figure phases() {
    Set<String> names = new LinkedHashSet<>();
    engines.all().forEach(engine -> engine.result().phases().forEach(p -> names.add(p.name())));
    if (names.isEmpty()) {
      return null;
    }
    List<BarChart.Row> rows = new ArrayList<>();
    List<Table.Row> cells = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (Engine engine : engines.all()) {
      List<Phase> phases = engine.result().phases();
      double sum = phases.stream().mapToDouble(Phase::seconds).sum();
      String note = phases.isEmpty() ? Bars.missing(engine) : Words.number(sum, "s");
      List<Double> values = names.stream().map(name -> seconds(phases, name)).toList();
      rows.add(BarChart.Row.of(engine.name(), note, engine.colour(), values));
      cells.add(new Table.Row(
          engine.name(),
          Stream.concat(
                  values.stream().map(Words::number),
                  Stream.of(phases.isEmpty() ? note : Words.number(sum)))
              .toList()));
      sentences.add(engine.name() + " " + note);
    }
    String title = "Where the time went";
    return new Figure(
        "time",
        new BarChart(title, "s", rows, List.copyOf(names)),
        String.join(", ", sentences) + " in all",
        "Everything that one repetition does, from the start of its process. Shorter is better.",
        new Table(
            title,
            "engine",
            Stream.concat(names.stream(), Stream.of("all"))
                .map(name -> name + " (s)")
                .toList(),
            cells));
  }

  private static double seconds(List<Phase> phases, String name) {
    return phases.stream()
        .filter(phase -> phase.name().equals(name))
        .mapToDouble(Phase::seconds)
        .reduce(Double::sum)
        .orElse(Double.NaN);
  }

  private @Nullable Figure firstStep() {
    return bars.figure(
        "start",
        "Until the first step is done",
        "s",
        "From nothing to one training step: Java, the engine’s libraries, the model, and the step,"
            + " recorded and compiled; the medians of the repetitions. Shorter is better.",
        List.of("all", "start", "first step"),
        engine -> {
          Startup startup = engine.result().startup();
          if (startup == null) {
            return null;
          }
          double start = startup.startMs().median() / 1000;
          double first = startup.firstStepMs().median() / 1000;
          return new Bars.Bar(
              start + first,
              Double.NaN,
              Double.NaN,
              List.of(Words.number(start + first), Words.number(start), Words.number(first)));
        });
  }

  private @Nullable Figure use(
      String id, String title, String what, Function<Inference, @Nullable Spread> part) {
    return bars.spread(
        id,
        title,
        "images/s",
        what + ", " + Words.count(setup.batchSize())
            + " at a time. Longer is better; the whisker reaches from the least to the most.",
        result -> result.inference() == null ? null : part.apply(result.inference()));
  }

  private @Nullable Figure latency() {
    return bars.figure(
        "latency",
        "One image at a time",
        "ms",
        "A single image through encoder and decoder. Shorter is better; the bar is the median, and"
            + " 99 of 100 calls took no longer than the whisker’s end.",
        List.of("median", "99 of 100 within"),
        engine -> {
          Inference inference = engine.result().inference();
          Latency latency = inference == null ? null : inference.reconstructOneMs();
          return latency == null
              ? null
              : new Bars.Bar(
                  latency.p50(),
                  latency.p50(),
                  latency.p99(),
                  List.of(Words.number(latency.p50()), Words.number(latency.p99())));
        });
  }

  private @Nullable Figure target() {
    Double target = setup.targetElbo();
    return target == null
        ? null
        : new Bars(engines, SpeedSection::unreached)
            .values(
                "target",
                "Time to a test ELBO of " + Words.nats(target) + " nats/example",
                "s",
                "Training time until the model was that good on the test images. Shorter is better.",
                BackendResult::secondsToTarget);
  }

  private static String unreached(Engine engine) {
    String shortcoming = engine.shortcoming();
    return shortcoming.isEmpty() ? "not reached" : shortcoming;
  }
}
