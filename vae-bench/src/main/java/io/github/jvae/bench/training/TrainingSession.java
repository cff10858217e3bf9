package io.github.jvae.bench.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.EpochLines;
import io.github.jvae.bench.console.Interrupts;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.console.ObjectiveTermsText;
import io.github.jvae.bench.console.StandardError;
import io.github.jvae.bench.tracking.TrackedTraining;
import io.github.jvae.bench.tracking.TrainingEnd;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Part;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.Loss;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.train.Checkpoints;
import io.github.jvae.train.HistoryListener;
import io.github.jvae.train.Trainer;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingNotes;
import io.github.jvae.train.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs a training from the command line: lines and bars, checkpoints, and Ctrl-C. */
public final class TrainingSession {
  private static final int OK = 0;

  private final TrainingJob job;
  private final Console console;
  private final long startNanos;
  private final TrainingNotes noticed;
  private final List<TrainingListener> listeners = new ArrayList<>();

  /**
   * @param job what to do
   * @param console where to say how it goes
   * @param startNanos when the command began, as {@link System#nanoTime} tells
   */
  public TrainingSession(TrainingJob job, Console console, long startNanos) {
    this.job = job;
    this.console = console;
    this.startNanos = startNanos;
    this.noticed = new TrainingNotes(job.vae().runtime(), console::note);
  }

  /** Has somebody else hear of the training too. */
  public TrainingSession listener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Trains.
   *
   * @return the exit code: 0, or that of the signal that ended it
   * @throws io.github.jvae.error.VaeException if it diverges or cannot be saved
   */
  public int run() {
    introduce();
    job.notes().forEach(console::note);
    job.tracking().begin(tracked(), console::say, console::note);
    forgetOldModel();
    Trainer trainer = trainer();
    try (EpochLines lines = new EpochLines(console);
        Interrupts interrupts = Interrupts.listen(signal -> {
          trainer.stop("interrupted by SIG" + signal);
          lines.interrupted();
        })) {
      trainer.listener(job.record()).listener(lines).listener(noticed).listener(job.tracking());
      listeners.forEach(trainer::listener);
      TrainingResult result = trainer.train(job.data());
      boolean wasKilled = result.stopReason() != null && interrupts.exitCode() != 0;
      job.tracking().end(wasKilled ? TrainingEnd.KILLED : TrainingEnd.FINISHED);
      conclude(result);
      console.result(json(result));
      return result.stopReason() == null ? OK : interrupts.exitCode();
    }
  }

  private TrackedTraining tracked() {
    DataParts parts = job.options().parts(job.data());
    Path path = path();
    return new TrackedTraining(
        job.vae(),
        parts.validation().orElse(parts.test()),
        job.options(),
        Options.none()
            .with("model", job.vae().config().toOptions())
            .with(job.record().setup())
            .with("run", job.settings().toOptions()),
        job.state() == null ? 0 : job.state().step(),
        job.settings().historySteps(),
        path == null ? null : String.valueOf(path.toAbsolutePath().normalize().getFileName()));
  }

  /** Only now, as nothing is lost of it before a training that can begin. */
  private void forgetOldModel() {
    OutputFolder folder = job.folder();
    if (job.state() == null && folder != null) {
      folder.forgetOldModel();
    }
  }

  private Trainer trainer() {
    Trainer trainer = job.vae().trainer(job.options());
    if (job.state() != null) {
      trainer.resumeFrom(job.state());
    }
    Path path = path();
    if (path != null) {
      ModelFolder folder = new ModelFolder(path);
      trainer.listener(new HistoryListener(folder.history(), job.settings().historySteps()));
      trainer.checkpoints(checkpoints(folder));
    }
    return trainer;
  }

  private Checkpoints checkpoints(ModelFolder folder) {
    Checkpoints checkpoints = new Checkpoints(
            folder, state -> job.vae().folderConfig(job.record().at(state)), 1)
        .withRun(job.settings().toOptions());
    DataPlace place = job.place();
    return place == null ? checkpoints : checkpoints.withLocal(place.toOptions());
  }

  private @Nullable Path path() {
    OutputFolder folder = job.folder();
    return folder == null ? null : folder.path();
  }

  private void introduce() {
    Vae vae = job.vae();
    BackendInfo backend = vae.backend();
    DataParts parts = job.options().parts(job.data());
    console.say(
        "data: %s, %d examples to train on, %s and %d to test on, each %s",
        parts.name(),
        parts.train().size(),
        parts
            .validation()
            .map(part -> part.size() + " to choose the best epoch by")
            .orElse("none to choose the best epoch by"),
        parts.test().size(),
        parts.shape());
    console.say(
        "model: %s, latent %d, likelihood %s, %,d parameters",
        model(vae.config()),
        vae.config().latent(),
        vae.config().likelihood().type(),
        vae.parameterCount());
    console.say(
        "backend: %s (%s, %s, %d threads)",
        backend.name(), backend.engine(), backend.device(), backend.threads());
  }

  /** The networks, or in brackets after a model that is not the standard one. */
  private static String model(VaeConfig config) {
    String networks = config.architecture().type();
    String model = config.component(Kind.MODEL).type();
    return model.equals(VaeConfig.defaults().component(Kind.MODEL).type())
        ? networks
        : model + " (" + networks + ")";
  }

  private void conclude(TrainingResult result) {
    Path path = path();
    if (result.stopReason() != null) {
      console.say(
          "stopped after step %d, with %d of %d epochs done: %s",
          result.steps(), result.epochs(), job.options().epochs(), result.stopReason());
    }
    // Once more: what came up at the start of a long training is far above by now.
    noticed.notes().forEach(note -> console.say("note: %s", note));
    job.tracking().notes().forEach(note -> console.say("note: %s", note));
    if (path == null) {
      console.say("the model was not saved; name a folder with --out to keep it");
    } else if (result.epochs() < job.options().epochs()) {
      console.say("saved in %s; go on with: vae train --resume %s", path, path);
    } else {
      console.say(
          "saved in %s; see what it makes with: vae sample %s --out samples.png", path, path);
    }
    tellTest(result);
  }

  /** Says it last, as it is what training came to. */
  private void tellTest(TrainingResult result) {
    Metrics test = result.test();
    if (test == null) {
      return;
    }
    boolean flattered = result.selectedOn() == Part.TEST;
    if (flattered && (path() != null || job.options().patience() > 0)) {
      console.say(
          "the best epoch%s chosen by these same test examples, so its %s on them is flattered",
          job.options().patience() > 0 ? " and the end of training are" : " is", criterion());
    }
    if (!flattered && result.bestEpoch() != result.epochs()) {
      console.say(
          "by its validation %s epoch %d was better%s",
          criterion(), result.bestEpoch(), path() == null ? "" : ", and is in " + best());
    }
    // The first step of each batch size records, and is no measure: there may be no other.
    String pace = Double.isFinite(result.imagesPerSecond())
        ? String.format(Locale.ROOT, ", %.0f training examples/s", result.imagesPerSecond())
        : "";
    String skipped = result.skippedSteps() == 0
        ? ""
        : String.format(
            Locale.ROOT, ", %d of %d steps skipped", result.skippedSteps(), result.steps());
    console.say(
        "test ELBO %.2f nats/example (%s)%s%s%s%s",
        test.elbo(),
        StandardError.text(test.elboStandardError(), 2),
        ObjectiveTermsText.of(test),
        flattered ? "" : ", looked at once, of the model after epoch " + result.epochs(),
        pace,
        skipped);
    Metrics average = result.average();
    if (average != null) {
      console.say(
          "test ELBO of the averaged weights %.2f nats/example (%s)%s",
          average.elbo(),
          StandardError.text(average.elboStandardError(), 2),
          path() == null
              ? ""
              : ", which are in " + new ModelFolder(path()).average().path());
      if (!flattered && result.bestAverageEpoch() != result.epochs()) {
        console.say(
            "by their validation %s those of epoch %d were better%s",
            criterion(),
            result.bestAverageEpoch(),
            path() == null
                ? ""
                : ", and are in " + new ModelFolder(path()).best().average().path());
      }
    }
  }

  private String criterion() {
    String criterion = job.vae().runtime().objective().criterion();
    return criterion.equals(Loss.ELBO) ? "ELBO" : criterion;
  }

  private @Nullable Path best() {
    Path path = path();
    return path == null ? null : new ModelFolder(path).best().path();
  }

  private JsonResult json(TrainingResult result) {
    Path path = path();
    return new JsonResult()
        .put("backend", job.vae().backend().name())
        .put("engine", job.vae().backend().engine())
        .put("data", job.source())
        .put("epochs", result.epochs())
        .put("steps", result.steps())
        .put("skipped_steps", result.skippedSteps())
        .put(result.test())
        .put("average", average(result))
        .put("validation", validation(result))
        .put("best_epoch", result.bestEpoch())
        .put("best_average_epoch", bestAverageEpoch(result))
        .put("train_images_per_second", result.imagesPerSecond())
        .put("wall_seconds", (System.nanoTime() - startNanos) * 1e-9)
        .put("peak_rss_mb", ProcessMemory.peakMebibytes())
        .put("parameters", job.vae().parameterCount())
        .put("seed", job.options().seed())
        .put("out", path == null ? null : path.toString())
        .put("stopped", result.stopReason())
        .put(
            TrainingRecord.SELECTED_ON,
            result.validation() == null ? null : result.selectedOn().toString())
        .put("notes", notes());
  }

  private static JsonNode bestAverageEpoch(TrainingResult result) {
    return result.bestAverageEpoch() == 0
        ? JsonNodeFactory.instance.nullNode()
        : JsonNodeFactory.instance.numberNode(result.bestAverageEpoch());
  }

  /** What the averaged weights gave on the test part; null where there is nothing. */
  private static JsonNode average(TrainingResult result) {
    return result.average() == null
        ? JsonNodeFactory.instance.nullNode()
        : new JsonResult().put(result.average()).toJson();
  }

  /** What the validation part gave after the last whole epoch; null where there is none. */
  private static JsonNode validation(TrainingResult result) {
    Metrics metrics = result.validation();
    return metrics == null || result.selectedOn() != Part.VALIDATION
        ? JsonNodeFactory.instance.nullNode()
        : new JsonResult()
            .put("epoch", result.epochs())
            .put("images", metrics.images())
            .put(metrics)
            .toJson();
  }

  private ArrayNode notes() {
    ArrayNode notes = JsonNodeFactory.instance.arrayNode();
    job.notes().forEach(notes::add);
    noticed.notes().forEach(notes::add);
    job.tracking().notes().forEach(notes::add);
    return notes;
  }
}
