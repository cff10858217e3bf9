package io.github.jvae.bench.report;

import io.github.jvae.bench.chart.Axis;
import io.github.jvae.bench.chart.LineChart;
import io.github.jvae.bench.chart.LineChart.Guide;
import io.github.jvae.bench.chart.LineChart.Style;
import io.github.jvae.bench.chart.NumberText;
import io.github.jvae.bench.chart.Series;
import io.github.jvae.bench.compare.results.Agreement;
import io.github.jvae.bench.compare.results.BackendResult.Quality;
import io.github.jvae.bench.compare.results.LossCurve;
import io.github.jvae.bench.compare.results.Setup;
import io.github.jvae.bench.report.page.Block;
import io.github.jvae.bench.report.page.Block.Figure;
import io.github.jvae.bench.report.page.Block.Pair;
import io.github.jvae.bench.report.page.Block.Table;
import io.github.jvae.bench.report.page.Page.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the engines learn the same: their losses, and how much these differ. */
final class LossSection {
  /** Pixels; no chart's plot is higher. */
  private static final double TALLEST = 400;

  private static final double HALF_A_PIXEL = 0.5;

  /** A relative difference far below what single precision resolves. */
  private static final double LEAST_TOLD = 1e-8;

  private final Engines engines;
  private final Setup setup;
  private final @Nullable Agreement agreement;
  private final LossCurves curves;

  LossSection(Engines engines, Setup setup, @Nullable Agreement agreement) {
    this.engines = engines;
    this.setup = setup;
    this.agreement = agreement;
    this.curves = new LossCurves(engines.trained());
  }

  Section section() {
    List<Block> blocks = new ArrayList<>();
    if (!curves.isEmpty()) {
      blocks.add(new Pair(List.of(againstSteps(), againstSeconds())));
      Figure differences = differences();
      if (differences != null) {
        blocks.add(differences);
      }
    }
    if (agreement != null && !agreement.pairs().isEmpty()) {
      blocks.add(agreementTable(agreement));
    }
    if (!engines.with(result -> result.quality()).isEmpty()) {
      blocks.add(qualityTable());
    }
    return new Section("loss", "Loss", blocks);
  }

  private Figure againstSteps() {
    double ceiling = curves.ceiling();
    String cut = Double.isNaN(ceiling)
        ? ""
        : " The first steps are above the chart: the loss began at "
            + Words.nats(curves.loss(0, curves.tableSteps().get(0))) + " nats/example.";
    return new Figure(
        "loss-steps",
        new LineChart(
            "Loss against steps",
            Axis.linear("training step"),
            upTo(ceiling),
            curves.againstSteps(),
            Style.NESTED,
            List.of()),
        lastLosses(),
        overlay() + cut + " Lower is better.",
        table("Loss at some steps (nats/example)", curves::loss, Words::nats));
  }

  private static Axis upTo(double ceiling) {
    Axis loss = Axis.linear("loss (nats/example)");
    return Double.isNaN(ceiling) ? loss : loss.upTo(ceiling);
  }

  /** What the eye cannot tell, said in words. */
  private String overlay() {
    String diverged = diverged();
    if (!diverged.isEmpty()) {
      return diverged;
    }
    if (curves.engines().size() < 2) {
      return "The first repetition.";
    }
    return curves.greatestShareApart() * TALLEST < HALF_A_PIXEL
        ? "The curves overlay to the pixel; the wider lines below are drawn so that all can be"
            + " seen. What separates them shows only in the chart of differences."
        : "Where the curves part, the engines round differently, or one is in error.";
  }

  private String diverged() {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < curves.engines().size(); i++) {
      int step = curves.diverged(i);
      if (step > 0) {
        sentences.add(curves.engines().get(i).name() + "’s loss was no number from step "
            + Words.count(step) + " on.");
      }
    }
    return String.join(" ", sentences);
  }

  private String lastLosses() {
    List<String> sentences = new ArrayList<>();
    for (Engine engine : curves.engines()) {
      LossCurve losses = engine.losses();
      if (losses != null) {
        int last = losses.steps().size() - 1;
        sentences.add(engine.name() + " " + Words.nats(losses.losses().get(last))
            + " nats/example at step " + Words.count(losses.steps().get(last)));
      }
    }
    return String.join(", ", sentences);
  }

  private Figure againstSeconds() {
    return new Figure(
        "loss-seconds",
        new LineChart(
            "Loss against time",
            Axis.linear("seconds of training").from(0),
            upTo(curves.ceiling()),
            curves.againstSeconds(),
            Style.PLAIN,
            List.of()),
        "The same losses, each engine at its own pace",
        "The same losses, each engine at its own pace: further left is faster.",
        table("When some steps were done (s)", curves::seconds, Words::number));
  }

  /** Something of an engine, by its number among those that trained, at a step. */
  private interface Value {
    double at(int engine, int step);
  }

  /** How a value is written. */
  private interface Writing {
    String of(@Nullable Double value);
  }

  private Table table(String caption, Value value, Writing writing) {
    List<Table.Row> rows = new ArrayList<>();
    for (int step : curves.tableSteps()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < curves.engines().size(); i++) {
        cells.add(writing.of(value.at(i, step)));
      }
      rows.add(new Table.Row(Words.count(step), cells));
    }
    return new Table(
        caption, "step", curves.engines().stream().map(Engine::name).toList(), rows);
  }

  private @Nullable Figure differences() {
    if (curves.engines().size() < 2) {
      return null;
    }
    Engine reference = curves.engines().get(0);
    List<Table.Row> rows = new ArrayList<>();
    for (int step : curves.tableSteps()) {
      List<String> cells = new ArrayList<>();
      for (int i = 1; i < curves.engines().size(); i++) {
        cells.add(Words.relative(curves.difference(i, step)));
      }
      rows.add(new Table.Row(Words.count(step), cells));
    }
    String title = "Difference from " + reference.name();
    return new Figure(
        "loss-differences",
        new LineChart(
            title,
            Axis.linear("training step"),
            Axis.logarithmic("relative difference of the loss (no unit)")
                .from(LEAST_TOLD)
                .upTo(Math.max(2 * Verdict.AGREEMENT, 2 * greatest())),
            curves.differences(),
            Style.PLAIN,
            List.of(new Guide(Verdict.AGREEMENT, "target: 1e-4"))),
        "Relative difference of the loss from " + reference.name() + "’s, on a logarithmic scale",
        "|a − b| / max(|a|, |b|, m) of the losses at the same step, on a logarithmic scale. Single"
            + " precision tells about 1e-7 apart; the engines add in different orders, and training"
            + " carries each rounding on. What is below 1e-8, such as the very same loss, is not"
            + " drawn.",
        new Table(
            title + ", relative, at some steps",
            "step",
            curves.engines().stream().skip(1).map(Engine::name).toList(),
            rows));
  }

  private double greatest() {
    return curves.differences().stream()
        .flatMap(series -> series.samples().stream())
        .mapToDouble(Series.Sample::y)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }

  private static Table agreementTable(Agreement agreement) {
    String first = "first " + Words.count(agreement.firstSteps()) + " steps";
    return new Table(
        "Agreement: the greatest relative difference of the losses, and that of the final"
            + " parameters (none has a unit)",
        "engines",
        List.of("losses, " + first, "losses, all steps", "greatest at step", "final parameters"),
        agreement.pairs().stream()
            .map(pair -> new Table.Row(
                Engine.nameOf(pair.first()) + " and " + Engine.nameOf(pair.second()),
                List.of(
                    Words.relative(pair.firstLosses()),
                    Words.relative(pair.allLosses()),
                    Words.count(pair.stepOfGreatest()),
                    Words.relative(pair.parameters()))))
            .toList());
  }

  private Table qualityTable() {
    return new Table(
        "The trained models on " + Words.count(setup.testImages())
            + " test images (nats/example; higher is better, but for KL)",
        "engine",
        List.of("ELBO", "standard error", "log-likelihood", "KL"),
        engines.all().stream().map(LossSection::qualityRow).toList());
  }

  private static Table.Row qualityRow(Engine engine) {
    Quality quality = engine.result().quality();
    String missing = Bars.missing(engine);
    return new Table.Row(
        engine.name(),
        quality == null
            ? List.of(missing, missing, missing, missing)
            : List.of(
                Words.nats(quality.elbo()),
                NumberText.of(quality.elboStandardError(), 2),
                Words.nats(quality.logLikelihood()),
                Words.nats(quality.kl())));
  }
}
