package io.github.jvae.bench.explore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.Vae;
import io.github.jvae.bench.web.WebAnswer;
import io.github.jvae.bench.web.WebFault;
import io.github.jvae.bench.web.WebRequest;
import io.github.jvae.evaluate.Inspector;
import io.github.jvae.evaluate.LatentActivity;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.Loss;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.StepReport;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingResult;
import io.github.jvae.train.TrainingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A training as the page shows it while it runs. The training thread leaves here what the page asks
 * for, and never waits for it.
 *
 * <p>Pictures are made after an epoch, by the training thread, as the model is its own; what that
 * takes is at most a fiftieth of the time of training, else epochs go by without.
 */
public final class TrainingWatch implements TrainingListener {
  private static final int RECONSTRUCTIONS = 8;
  private static final int SAMPLES = 16;
  private static final int JUDGED = 256;
  private static final int BATCH = 128;

  /** Points of a curve: more than a screen has. Beyond them, every other is left out. */
  private static final int MOST_STEPS = 2000;

  private static final double COST = 0.02;
  private static final double NANOS = 1e-9;

  private final Vae vae;
  private final ShownExamples shown;
  private final Supplier<@Nullable Double> memory;
  private final List<ObjectNode> steps = new ArrayList<>();
  private final List<ObjectNode> epochs = new ArrayList<>();
  private int stride = 1;
  private long step;
  private @Nullable TrainingRun run;
  private @Nullable String end;
  private @Nullable Pictures pictures;
  private double trained;
  private double pictureCost;
  private int version;

  /**
   * @param shown the examples by which the training is judged
   * @param memory tells the most memory that the process has had, in MiB, or null
   */
  public TrainingWatch(Vae vae, ShownExamples shown, Supplier<@Nullable Double> memory) {
    this.vae = vae;
    this.shown = shown;
    this.memory = memory;
  }

  /** What the model made after an epoch, in the data's units. */
  private record Pictures(HostTensor inputs, HostTensor reconstructions, HostTensor samples) {}

  @Override
  public synchronized void started(TrainingRun started) {
    run = started;
    step = started.step();
  }

  @Override
  public synchronized void stepped(TrainingRun running, StepReport report) {
    step = report.step();
    if (report.step() % stride == 0) {
      ObjectNode point = JsonNodeFactory.instance.objectNode().put("step", report.step());
      put(point, report.terms());
      point.put("loss", report.loss()).put("learning_rate", report.learningRate());
      steps.add(point);
      if (steps.size() > MOST_STEPS) {
        stride *= 2;
        steps.removeIf(one -> one.path("step").asLong() % stride != 0);
      }
    }
  }

  @Override
  public void epochEnded(TrainingRun running, EpochReport report) {
    ObjectNode point = JsonNodeFactory.instance
        .objectNode()
        .put("epoch", report.epoch())
        .put("step", report.step())
        .put("seconds", report.seconds())
        .put("images_per_second", report.imagesPerSecond())
        .put("peak_rss_mb", memory.get())
        .put("best", report.best());
    put(point.putObject("train"), report.terms());
    put(point, "validation", report.validation());
    put(point, "average", report.average());
    trained += report.seconds();
    Pictures made = null;
    if (pictureCost <= COST * trained) {
      long start = System.nanoTime();
      made = pictures();
      activity(point);
      pictureCost += (System.nanoTime() - start) * NANOS;
    }
    synchronized (this) {
      epochs.add(point);
      if (made != null) {
        pictures = made;
        version++;
      }
    }
  }

  private static void put(ObjectNode json, Map<String, Double> terms) {
    terms.forEach(json::put);
  }

  private static void put(ObjectNode json, String name, @Nullable Metrics metrics) {
    if (metrics != null) {
      ObjectNode part = json.putObject(name)
          .put(Loss.ELBO, metrics.elbo())
          .put(Loss.LOG_LIKELIHOOD, metrics.logLikelihood())
          .put(Loss.KL, metrics.kl());
      put(part, metrics.terms());
      ObjectNode groups = part.putObject("groups");
      metrics.divergences().forEach(one -> groups.put(one.group().name(), one.kl()));
    }
  }

  private Pictures pictures() {
    int count = Math.min(RECONSTRUCTIONS, shown.data().size());
    int[] places = IntStream.range(0, count).toArray();
    HostTensor inputs = shown.examples(places);
    HostTensor made = vae.inference().reconstruct(inputs, shown.conditions(vae, places));
    int[] others = IntStream.range(0, SAMPLES).map(i -> i % shown.data().size()).toArray();
    HostTensor samples =
        vae.inference().sample(SAMPLES, shown.seed(), shown.conditions(vae, others));
    return new Pictures(undone(inputs), undone(made), undone(samples));
  }

  private HostTensor undone(HostTensor examples) {
    return shown.transforms().undone(examples);
  }

  /** Of hierarchies the groups are told by themselves. */
  private void activity(ObjectNode point) {
    if (vae.runtime().model().groups().size() == 1) {
      LatentActivity activity = new Inspector(vae.runtime(), vae.inference())
          .activity(shown.data().limit(JUDGED), BATCH, shown.transforms(), shown.seed());
      activity.kl().forEach(point.putArray("kl_per_dimension")::add);
    }
  }

  @Override
  public synchronized void ended(TrainingRun running, TrainingResult result) {
    end = result.stopReason() == null ? "done" : result.stopReason();
  }

  /** What has happened, copied while the training holds still for it. */
  private record Course(
      long step,
      Optional<TrainingRun> run,
      Optional<String> end,
      int version,
      List<ObjectNode> epochs,
      List<ObjectNode> steps) {}

  private synchronized Course course() {
    return new Course(
        step,
        Optional.ofNullable(run),
        Optional.ofNullable(end),
        version,
        List.copyOf(epochs),
        List.copyOf(steps));
  }

  /** Answers with what has happened since the page asked last. */
  WebAnswer history(WebRequest request) {
    int known = request.integer("epochs", 0, Integer.MAX_VALUE, 0);
    int after = request.integer("after", 0, Integer.MAX_VALUE, 0);
    Course course = course();
    ObjectNode json = JsonNodeFactory.instance
        .objectNode()
        .put("step", course.step())
        .put("version", course.version())
        .put("table", vae.config().columns().isPresent())
        .put("reconstructions", Math.min(RECONSTRUCTIONS, shown.data().size()))
        .put("samples", SAMPLES);
    course.end().ifPresent(reason -> json.put("ended", reason));
    course
        .run()
        .ifPresent(running -> json.put("all_epochs", running.options().epochs())
            .put("steps_per_epoch", running.stepsPerEpoch())
            .put("judged_on", running.selectedOn().toString()));
    vae.config().input().forEach(json.putArray("shape")::add);
    course.epochs().stream().skip(known).forEach(json.putArray("epochs")::add);
    course.steps().stream()
        .filter(point -> point.path("step").asLong() > after)
        .forEach(json.putArray("steps")::add);
    return WebAnswer.of(json);
  }

  /** Answers with inputs, their reconstructions and samples of the last epoch that has them. */
  synchronized WebAnswer pictures(WebRequest request) {
    Pictures last = pictures;
    if (last == null) {
      throw new WebFault(404, "there are no pictures yet");
    }
    return WebAnswer.of(
        last.inputs().data(), last.reconstructions().data(), last.samples().data());
  }
}
