package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Precision;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.option.CountFromZero;
import io.github.jvae.bench.option.DataOptions;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.HoldoutValue;
import io.github.jvae.bench.option.LengthFlags;
import io.github.jvae.bench.option.ModelOptions;
import io.github.jvae.bench.option.OptimizerFlags;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.TrackingOptions;
import io.github.jvae.bench.option.TrainingFlags;
import io.github.jvae.bench.option.WatchOptions;
import io.github.jvae.bench.tracking.Tracking;
import io.github.jvae.bench.training.DataPlace;
import io.github.jvae.bench.training.OutputFolder;
import io.github.jvae.bench.training.Resumption;
import io.github.jvae.bench.training.RunSettings;
import io.github.jvae.bench.training.TrainingJob;
import io.github.jvae.bench.training.TrainingRecord;
import io.github.jvae.bench.training.TrainingSession;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.ElementMoments;
import io.github.jvae.data.Holdout;
import io.github.jvae.data.Part;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.train.TrainingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae train}. */
@Command(
    name = "train",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Trains a model and saves it as a folder.",
      "",
      "Each epoch's evidence lower bound (ELBO) is told for the training and validation examples,"
          + " and in the end that of the test examples, in nats per example; higher is better. Ctrl-C"
          + " ends training after the step under way and saves it; --resume goes on from there, exactly.",
      ""
    })
public final class TrainCommand implements Callable<Integer> {
  /** What may differ from the training that is resumed; all else would make it another one. */
  private static final Set<String> FREE_ON_RESUME = Set.of(
      "--resume",
      "--out",
      "--data",
      "--data-dir",
      "--offline",
      "--limit",
      "--backend",
      "--threads",
      "--device",
      "--epochs",
      "--patience",
      "--history-steps",
      "--tensorboard",
      "--mlflow",
      "--mlflow-experiment",
      "--watch",
      "--port",
      "--open",
      "--json",
      "--quiet",
      "--stacktrace");

  @Option(
      names = "--data",
      paramLabel = "NAME|PATH",
      description =
          "shapes, mnist, fashion-mnist or cifar10; or a path: a table (.csv, .tsv), arrays (.npy,"
              + " .npz, .mat, IDX), CIFAR-10's batches, or a folder of images. Default: shapes.")
  private @Nullable String source;

  @Mixin
  private DataOptions dataOptions = new DataOptions();

  @ArgGroup(validate = false, heading = "%nThe model:%n")
  private ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(validate = false, heading = "%nTraining:%n")
  private TrainingFlags trainingFlags = new TrainingFlags();

  @Option(
      names = "--validation",
      paramLabel = "N|FRACTION",
      converter = HoldoutValue.class,
      description =
          "Keep N examples, or a fraction of them, from training, chosen by the seed: the best"
              + " epoch and the end by --patience are chosen by their ELBO, and the test examples are looked"
              + " at once, at the end. 0 for none: then the test examples choose. Default: the validation"
              + " part of the data set, else a tenth of the training examples, of series the"
              + " last ones.")
  private Holdout validation = Holdout.standard();

  @ArgGroup(validate = false, heading = "%nThe optimizer:%n")
  private OptimizerFlags optimizerFlags = new OptimizerFlags();

  @Mixin
  private LengthFlags length = new LengthFlags();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder to save the model in, with the best one, chosen by its ELBO on the"
          + " validation examples, in DIR/best. Without it nothing is saved.")
  private @Nullable Path out;

  @Option(names = "--overwrite", description = "Replace the model that is in --out.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with the training that was saved in DIR, with the options, the data, the"
          + " engine and the threads it began with; --epochs and --patience may be changed, and what"
          + " else is given and changes numbers is told.")
  private @Nullable Path resume;

  @Option(
      names = "--history-steps",
      paramLabel = "N",
      converter = CountFromZero.class,
      description = "Write a line to history.jsonl every N steps, beside those of the epochs; 0 for"
          + " none. Default: 0, or as before with --resume.")
  private @Nullable Integer historySteps;

  @Mixin
  private TrackingOptions trackingOptions = new TrackingOptions();

  @Mixin
  private WatchOptions watching = new WatchOptions();

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Console console = output.console();
    watching.isWanted(output);
    try (Tracking tracking = trackingOptions.tracking(output)) {
      return resume == null
          ? train(tracking, console, start)
          : goOn(resume, tracking, console, start);
    }
  }

  private int train(Tracking tracking, Console console, long start) {
    TrainingOptions asked =
        length.of(trainingFlags.options(optimizerFlags, output), output).withValidation(validation);
    Vae.Builder builder = engine.builder(output);
    String name = source == null ? "shapes" : source;
    try (OutputFolder folder = out == null ? null : OutputFolder.forNewModel(out, overwrite)) {
      DataParts data = dataOptions.open(name, console);
      VaeConfig config = modelOptions.config(data, output);
      DataParts parts = asked.parts(data);
      TrainingOptions options = asked.withTransforms(
          modelOptions.standardization(config, parts.train()).then(asked.transforms()));
      ElementMoments moments = modelOptions.outputBias(config, parts.train(), options.transforms());
      TrainingRecord record = TrainingRecord.of(
              parts, name, dataOptions.limit(), options, engine.precision(Precision.FLOAT32))
          .withOutputBias(moments != null);
      builder
          .config(config)
          .seed(options.seed())
          .outputBias(moments)
          .startingFrom(parts.train(), options.transforms());
      tracking.prepare();
      try (Vae vae = builder.build()) {
        vae.runtime().backend().require(Capability.TRAINING);
        TrainingJob job = new TrainingJob(
            vae,
            data,
            name,
            options,
            record,
            null,
            folder,
            DataPlace.of(data, name, dataOptions.folder()),
            RunSettings.of(
                vae.backend(), engine.threads(), historySteps == null ? 0 : historySteps),
            List.of(),
            tracking);
        return run(job, console, start);
      }
    }
  }

  private int goOn(Path from, Tracking tracking, Console console, long start) {
    requireFreeOptions(from);
    Resumption.requireModel(from);
    // Kept from all others before it is read, so that nobody trains on from what is read.
    try (OutputFolder folder = OutputFolder.writable(from)) {
      Resumption before = Resumption.of(from);
      TrainingOptions options = length.resumed(before.options(), output);
      before.requireWork(options);
      Vae.Builder builder =
          engine.resumed(before.settings(), output).precision(before.record().precision());
      return goOn(before, options, builder, folder, tracking, console, start);
    }
  }

  private int goOn(
      Resumption before,
      TrainingOptions options,
      Vae.Builder builder,
      OutputFolder folder,
      Tracking tracking,
      Console console,
      long start) {
    DataPlace place = source == null ? before.place() : new DataPlace(source, null);
    DataOptions.Otherwise begun = new DataOptions.Otherwise(
        before.record().limit(), place.folder(), before.record().reading());
    DataParts data = dataOptions.open(place.source(), begun, console);
    List<Part> others = before.record().requireSame(options.parts(data));
    tracking.prepare();
    try (Vae vae = before.open(builder)) {
      RunSettings settings = RunSettings.of(
          vae.backend(),
          engine.threads(before.settings()),
          historySteps == null ? before.settings().historySteps() : historySteps);
      TrainingJob job = new TrainingJob(
          vae,
          data,
          place.source(),
          options,
          before.record().with(options),
          before.state(),
          folder,
          before.keepsPlaces() ? DataPlace.of(data, place.source(), dataOptions.folder()) : null,
          settings,
          before.notes(settings, others),
          tracking);
      console.say("going on after step %d", before.state().step());
      return run(job, console, start);
    }
  }

  /** Trains, and shows it on a page if that is wanted. */
  private int run(TrainingJob job, Console console, long start) {
    TrainingSession session = new TrainingSession(job, console, start);
    if (!watching.isWanted(output)) {
      return session.run();
    }
    try (WatchedPage page =
        new WatchedPage(job, watching.page(), () -> engine.builder(output), console)) {
      int code = session.listener(page.listener()).run();
      if (code == 0) {
        page.stay(console);
      }
      return code;
    }
  }

  private void requireFreeOptions(Path from) {
    List<String> fixed = output.command().commandLine().getParseResult().matchedOptions().stream()
        .map(option -> option.names()[0])
        .filter(name -> !FREE_ON_RESUME.contains(name))
        .toList();
    if (!fixed.isEmpty()) {
      throw output.usage("--resume goes on with the options that training began with; leave out "
          + String.join(", ", fixed));
    }
    if (out != null
        && !out.toAbsolutePath().normalize().equals(from.toAbsolutePath().normalize())) {
      throw new VaeException("--resume goes on in " + Quote.path(from) + " and cannot save in "
          + Quote.path(out)
          + "; copy the folder and resume the copy");
    }
  }
}
