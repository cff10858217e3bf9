package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.architecture.ArchitecturesPlugin;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Precision;
import io.github.jvae.bench.Version;
import io.github.jvae.bench.compare.ChangeMeasure;
import io.github.jvae.bench.compare.ComparisonFolder;
import io.github.jvae.bench.compare.ComparisonPlan;
import io.github.jvae.bench.compare.ComparisonRun;
import io.github.jvae.bench.compare.EngineRecord;
import io.github.jvae.bench.compare.ResultsOfRun;
import io.github.jvae.bench.compare.SetupFacts;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.compare.results.Setup;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.Interrupts;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.console.Terminal;
import io.github.jvae.bench.option.DataOptions;
import io.github.jvae.bench.option.EnginesOptions;
import io.github.jvae.bench.option.ModelOptions;
import io.github.jvae.bench.option.OptimizerFlags;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.PrecisionName;
import io.github.jvae.bench.option.ThreadCount;
import io.github.jvae.bench.option.TrainingFlags;
import io.github.jvae.bench.report.Report;
import io.github.jvae.data.DataParts;
import io.github.jvae.error.Range;
import io.github.jvae.model.Activation;
import io.github.jvae.plugin.Kind;
import io.github.jvae.train.StepSource;
import io.github.jvae.train.TrainingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae compare}. */
@Command(
    name = "compare",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Trains the same model from the same weights on the same numbers with every engine, each in"
          + " processes of its own and in turns, and reports which is fastest, whether they agree,"
          + " and what each costs. Convolutional models have the activation elu here unless another"
          + " is asked for: with relu, roundings decide which units are on. All training images are"
          + " trained on and none are kept for validation, as nothing is chosen.",
      "",
      "Nothing else should run meanwhile: the threads of these engines slow down out of proportion"
          + " when another program takes a core. Ctrl-C ends it and keeps what was measured.",
      ""
    })
public final class CompareCommand implements Callable<Integer> {
  private static final int USUAL_STEPS = 150;

  /** Beyond them nanoseconds overflow. */
  private static final Range TIME_LIMITS = Range.above(0, 1e9);

  private static final Range USE_SECONDS = Range.above(0, 3600);
  private static final Range TARGETS = Range.from(-1e30, 1e30);

  @Mixin
  private EnginesOptions engines = new EnginesOptions();

  @Option(
      names = "--data",
      paramLabel = "NAME|PATH",
      defaultValue = "shapes",
      description =
          "shapes, mnist, fashion-mnist or cifar10; or a path: arrays (.npy, .npz, .mat, IDX),"
              + " CIFAR-10's batches, a folder of images, or a table (.csv, .tsv). Default: ${DEFAULT-VALUE}.")
  private String source = "shapes";

  @Mixin
  private DataOptions dataOptions = new DataOptions();

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Training steps of each repetition. Default: " + USUAL_STEPS + ".")
  private @Nullable Integer steps;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "The same as passes over the training images.")
  private @Nullable Integer epochs;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "3",
      description = "How often each engine trains. Default: ${DEFAULT-VALUE}.")
  private Integer repetitions = 3;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = ThreadCount.class,
      description =
          "Processor threads for one operation, at most 1024. Default: as many as the system offers.")
  private @Nullable Integer threads;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      converter = PrecisionName.class,
      description = "The precision of matrix products, float32 or bf16. Default: float32.")
  private Precision precision = Precision.FLOAT32;

  @Option(
      names = "--target-elbo",
      paramLabel = "NATS",
      description = "The test ELBO whose reaching is timed, nats per example. Default: one near the"
          + " end of training that all engines reach.")
  private @Nullable Double target;

  @Option(
      names = "--time-limit",
      paramLabel = "S",
      defaultValue = "120",
      description =
          "A process that tells nothing for so many seconds, at most 1e9, is ended and counts as"
              + " failed."
              + " Default: ${DEFAULT-VALUE}.")
  private double timeLimit = 120;

  @Option(
      names = "--use-seconds",
      paramLabel = "S",
      defaultValue = "0.5",
      description =
          "How long encoding, decoding, sampling and single images are timed, each in each"
              + " repetition, at most 3600. Default: ${DEFAULT-VALUE}.")
  private double useSeconds = 0.5;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "The results.json of an earlier comparison, to show what changed since.")
  private @Nullable Path against;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "comparison",
      description = "The folder for results and report. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("comparison");

  @Option(names = "--overwrite", description = "Replace the comparison that is in --out.")
  private boolean overwrite;

  @ArgGroup(validate = false, heading = "%nThe model:%n")
  private ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(validate = false, heading = "%nTraining:%n")
  private TrainingFlags trainingFlags = new TrainingFlags();

  @ArgGroup(validate = false, heading = "%nThe optimizer:%n")
  private OptimizerFlags optimizerFlags = new OptimizerFlags();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    requirePossible();
    Console console = output.console();
    List<BackendModule> modules = engines.modules(output);
    ComparisonResults earlier = against == null ? null : ResultsFile.read(against);
    TrainingOptions asked = trainingFlags.options(optimizerFlags, output);
    try (ComparisonFolder folder = ComparisonFolder.forNewRun(
        out, Set.of(Report.HTML, Report.MARKDOWN, Report.CHARTS), overwrite)) {
      DataParts data = dataOptions.open(source, console);
      VaeConfig config = smooth(modelOptions.config(data, output));
      TrainingOptions options = asked.withTransforms(
          modelOptions.standardization(config, data.train()).then(asked.transforms()));
      ComparisonPlan plan = plan(data, config, options);
      Setup setup = SetupFacts.setup(
          plan, config.complete(Vae.catalogue()), data, repetitions, commandLine(), version());
      folder.clear();
      ComparisonRun run = new ComparisonRun(
          plan,
          repetitions,
          modules,
          EnginesOptions.training(),
          folder,
          new ComparisonRun.Launch(
              output.command().root().userObject().getClass().getName(),
              Terminal.charset(),
              timeLimit));
      return run(run, setup, earlier, console);
    }
  }

  private void requirePossible() {
    if (steps != null && epochs != null) {
      throw output.usage("--steps and --epochs both say how long to train; give one of them");
    }
    output.require(TIME_LIMITS, "--time-limit", timeLimit);
    output.require(USE_SECONDS, "--use-seconds", useSeconds);
    if (target != null) {
      output.require(TARGETS, "--target-elbo", target);
    }
  }

  /**
   * The model, with a smooth activation in convolutional networks unless another is asked for. With
   * relu, of images with large even areas, rounding decides which units are on: the losses of
   * engines then part by a tenth within 100 steps, though their gradients agree to 1e-6.
   */
  private static VaeConfig smooth(VaeConfig config) {
    ComponentConfig networks = config.architecture();
    boolean open =
        networks.type().equals(ArchitecturesPlugin.CONV) && !networks.options().has("activation");
    return !open
        ? config
        : config.with(Kind.ARCHITECTURE, networks.with("activation", Activation.ELU.text()));
  }

  private ComparisonPlan plan(DataParts data, VaeConfig config, TrainingOptions options) {
    int perEpoch = StepSource.batches(options, data.train()).count();
    int count = steps != null ? steps : epochs != null ? stepsOf(epochs, perEpoch) : USUAL_STEPS;
    return new ComparisonPlan(
        config,
        options,
        count,
        source,
        dataOptions.folder(),
        data.reading().orElse(null),
        dataOptions.limit(),
        modelOptions.biasOfData(config),
        threads == null ? Runtime.getRuntime().availableProcessors() : threads,
        precision,
        useSeconds);
  }

  private int stepsOf(int passes, int perEpoch) {
    int most = Integer.MAX_VALUE / perEpoch;
    if (passes > most) {
      throw output.usage("--epochs must be from 1 to " + most + " with " + perEpoch
          + " steps each, not " + passes);
    }
    return passes * perEpoch;
  }

  /** What repeats the run: as it was typed, quoted where a shell would take it apart. */
  private String commandLine() {
    return Stream.concat(
            Stream.of("vae", "compare"),
            output.command().commandLine().getParseResult().originalArgs().stream()
                .filter(argument -> !argument.equals("compare")))
        .map(
            word -> word.matches("[\\w./,:=+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  private static String version() {
    try {
      return Version.number();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int run(
      ComparisonRun run, Setup setup, @Nullable ComparisonResults earlier, Console console) {
    ResultsOfRun maker = new ResultsOfRun(setup, SetupFacts.machine(), out, target);
    Path file = out.resolve(ResultsFile.NAME);
    CompareTable table = new CompareTable(run, setup, console);
    table.begin();
    ResultsFile.write(file, maker.of(run.engines(), true));
    try (Interrupts interrupts = Interrupts.listen(signal -> run.stop())) {
      run.run(new ComparisonRun.Listener() {
        @Override
        public void changed(EngineRecord engine) {
          table.changed();
        }

        @Override
        public void ended(EngineRecord engine) {
          ResultsFile.write(file, maker.of(run.engines(), true));
          table.ended(engine);
        }
      });
      table.close();
      ComparisonResults results = maker.of(run.engines(), run.isStopped());
      if (earlier != null) {
        results =
            results.withChange(ChangeMeasure.between(earlier, String.valueOf(against), results));
      }
      ResultsFile.write(file, results);
      return report(results, run, interrupts.exitCode(), console);
    }
  }

  private int report(ComparisonResults results, ComparisonRun run, int signal, Console console) {
    Report report = Report.of(results, out);
    report.write(out);
    Path page = out.resolve(Report.HTML);
    if (run.isStopped()) {
      console.say("interrupted: the report shows what was measured until then");
    }
    console.say(report.verdict());
    console.say("%s: open it in a browser", page);
    console.result(json(results, report, page));
    boolean failed = results.backends().stream()
        .anyMatch(backend -> backend.status() == BackendResult.Status.FAILED);
    return run.isStopped() ? signal : failed ? 1 : 0;
  }

  private static JsonResult json(ComparisonResults results, Report report, Path page) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (BackendResult backend : results.backends()) {
      ObjectNode row = rows.addObject();
      row.put("backend", backend.name());
      row.put("status", backend.status().name().toLowerCase(Locale.ROOT));
      row.put("failure", backend.failure());
      BackendResult.Training training = backend.training();
      if (training != null) {
        row.put(
            "images_per_second",
            BackendResult.Spread.of(training.imagesPerSecond()).median());
        if (training.ratioToFastest() != null) {
          row.put(
              "ratio_to_fastest",
              Objects.requireNonNull(training.ratioToFastest()).value());
        }
      }
      BackendResult.Quality quality = backend.quality();
      if (quality != null) {
        row.put("test_elbo", quality.elbo());
      }
    }
    return new JsonResult()
        .put("verdict", report.verdict())
        .put("partial", BooleanNode.valueOf(results.partial()))
        .put("backends", rows)
        .put("results", page.resolveSibling(ResultsFile.NAME).toString())
        .put("report", page.toString());
  }
}
