package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.Interrupts;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.export.ContributionsFile;
import io.github.jvae.bench.export.GrowingTable;
import io.github.jvae.bench.export.ScoreRows;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.bench.option.ScoreNames;
import io.github.jvae.bench.option.ThresholdOptions;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.evaluate.AnomalyScore;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.evaluate.AnomalyThreshold;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.ClassifierModel;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae score}. */
@Command(
    name = "score",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Writes how anomalous each example is, in nats; higher is more anomalous: -log p(x) by importance"
          + " sampling, the negative ELBO, and the negative reconstruction probability"
          + " E[log p(x|z)], all by the same draws from the posterior.",
      "",
      "The file has a row per example, written as they come: its place, its label where there is one,"
          + " and its scores. Until all are there it is called FILE.part, with which --resume goes"
          + " on.",
      ""
    })
public final class ScoreCommand implements Callable<Integer> {
  private static final String THRESHOLD = "threshold";

  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Mixin
  private ImageOptions imageOptions = new ImageOptions();

  @Option(
      names = "--score",
      paramLabel = "NAME[,NAME]",
      converter = ScoreNames.class,
      defaultValue = "all",
      description = "The scores: log-likelihood, elbo, reconstruction or all. Default:"
          + " ${DEFAULT-VALUE}.")
  private List<AnomalyScore> scores = List.of();

  @Option(
      names = "--samples",
      paramLabel = "K",
      converter = EvaluateCommand.DrawCount.class,
      defaultValue = "10",
      description = "Draws from the posterior for each example, at most 100000; 200 and more for a"
          + " good log p(x). Default: ${DEFAULT-VALUE}.")
  private int samples = 10;

  @Mixin
  private ThresholdOptions thresholdOptions = new ThresholdOptions();

  @Mixin
  private KnownAnomalies anomalies = new KnownAnomalies();

  @Option(
      names = "--contributions",
      paramLabel = "FILE.npy|FILE.csv",
      description = "Also write what each pixel or column adds to the reconstruction score.")
  private @Nullable Path contributions;

  @Option(names = "--resume", description = "Go on with the FILE.part of a run that was stopped.")
  private boolean resume;

  @Option(
      names = "--out",
      paramLabel = "FILE.csv",
      required = true,
      description = "The file to write; one that is there is replaced.")
  private Path file = Path.of("");

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    anomalies.requireOne(output);
    requireContributions();
    Optional<Double> quantile = thresholdOptions.quantile(output);
    Console console = output.console();
    ImageOptions.Images images = imageOptions.open(model, console);
    Optional<ImageOptions.Images> normals = anomalies.open(imageOptions, model, console);
    IntPredicate anomalous = anomalies.among(images);
    Optional<ImageOptions.Images> usual =
        quantile.map(q -> thresholdOptions.open(imageOptions, model, anomalies.normal(), console));
    ScoreRows rows = new ScoreRows(scores, images.data().labels(), quantile.isPresent());
    try (GrowingTable table = table(images, rows, quantile);
        Vae vae = open();
        ImageScores scorer = new ImageScores(vae, samples, contributions != null, console);
        Interrupts interrupts = Interrupts.listen(signal -> scorer.stop())) {
      try {
        Optional<AnomalyThreshold> threshold =
            usual.map(seen -> threshold(table, scorer, seen, quantile.orElseThrow()));
        Map<AnomalyScore, double[]> normal =
            normals.map(others -> scorer.all("normal", others, scores)).orElse(Map.of());
        write(table, rows, scorer, images, threshold);
        JsonResult result = summary(table, rows, images, threshold, console);
        if (anomalies.areKnown()) {
          result.put(
              "detection",
              anomalies.tell(table, rows, scores, anomalous, normal, console).toJson());
        }
        table.complete();
        console.result(result.put("backend", vae.backend().name()));
        return 0;
      } catch (ImageScores.Stopped e) {
        console.note("stopped after " + table.rows() + " examples; go on with the same command and"
            + " --resume");
        return interrupts.exitCode();
      }
    }
  }

  private void requireContributions() {
    if (contributions == null) {
      return;
    }
    String name = contributions.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".csv") && !name.endsWith(".npy")) {
      throw output.usage(
          "--contributions must end in .csv or .npy, not '" + Quote.path(contributions) + "'");
    }
    if (resume) {
      throw output.usage("--contributions are not kept in part, so they cannot be resumed; leave"
          + " one of the two out");
    }
  }

  private Vae open() {
    Vae vae = model.open(engine, output);
    if (vae.runtime().model() instanceof ClassifierModel) {
      vae.close();
      throw new ConfigurationException(Quote.path(model.folder())
          + " is a classifier, which gives examples no probability; name another model");
    }
    return vae;
  }

  private GrowingTable table(
      ImageOptions.Images images, ScoreRows rows, Optional<Double> quantile) {
    Options settings = Options.none()
        .with("data", images.source())
        .with("split", images.part().toString())
        .with("examples", images.data().size())
        .with("binarize", images.binarization())
        .with("samples", samples)
        .with("seed", images.seed());
    Options all = quantile
        .map(q -> settings
            .with("threshold-quantile", q)
            .with("against", thresholdOptions.part().toString()))
        .orElse(settings);
    GrowingTable table = resume
        ? GrowingTable.resume(file, rows.columns(), all)
        : GrowingTable.begin(file, rows.columns(), all);
    if (anomalies.areKnown() && !table.isReadable()) {
      table.close();
      throw new DataException(Quote.path(file) + " cannot be read again for AUROC; write to a file"
          + " with --out, or leave out --anomalous and --normal");
    }
    return table;
  }

  /** As it was in the run before, which a resumed one goes on with, or computed once. */
  private AnomalyThreshold threshold(
      GrowingTable table, ImageScores scorer, ImageOptions.Images usual, double quantile) {
    if (table.settings().get(THRESHOLD) instanceof OptionValue.Real known) {
      return new AnomalyThreshold(known.value());
    }
    AnomalyScore first = scores.get(0);
    double[] seen = scorer.all(THRESHOLD, usual, List.of(first)).getOrDefault(first, new double[0]);
    AnomalyThreshold threshold = AnomalyThreshold.ofQuantile(seen, quantile);
    table.keep(THRESHOLD, threshold.value());
    return threshold;
  }

  private void write(
      GrowingTable table,
      ScoreRows rows,
      ImageScores scorer,
      ImageOptions.Images images,
      Optional<AnomalyThreshold> threshold) {
    Consumer<AnomalyScores> target = example -> table.add(rows.row(example, threshold));
    if (contributions == null) {
      scorer.each("score", images, table.rows(), target);
    } else {
      new ContributionsFile(contributions, images.data())
          .write(elements -> scorer.each(
              "score",
              images,
              0,
              target.andThen(example -> elements.accept(example.contributions().orElseThrow()))));
    }
  }

  private JsonResult summary(
      GrowingTable table,
      ScoreRows rows,
      ImageOptions.Images images,
      Optional<AnomalyThreshold> threshold,
      Console console) {
    console.say("%s: the scores of %d examples of %s", file, table.rows(), images.words());
    JsonResult result = new JsonResult()
        .put("out", file.toString())
        .put("data", images.source())
        .put("images", table.rows())
        .put("samples", samples)
        .put("seed", images.seed());
    threshold.ifPresent(limit -> {
      int[] count = {0};
      if (table.isReadable()) {
        table.forEachRow(row -> count[0] += rows.isAnomaly(row) ? 1 : 0);
        console.say(
            "anomaly        %d of them, with a %s above %.3f nats",
            count[0], scores.get(0), limit.value());
        result.put("above_threshold", count[0]);
      }
      result.put(THRESHOLD, (Double) limit.value());
    });
    return result;
  }
}
