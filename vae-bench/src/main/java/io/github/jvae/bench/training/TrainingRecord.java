package io.github.jvae.bench.training;

import io.github.jvae.TrainingData;
import io.github.jvae.backend.Precision;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataReading;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Holdout;
import io.github.jvae.data.Part;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.error.ModelFileException;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.model.Objective;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.HistoryListener;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingRun;
import io.github.jvae.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a training from the command line keeps of itself in the provenance of the model's
 * {@code config.json}: the data with their fingerprints, the options, how far it came and how well
 * it does, beside what {@link io.github.jvae.Vae#folderConfig} adds of the backend. It listens to
 * the training, to know the latest metrics.
 */
public final class TrainingRecord implements TrainingListener {
  private static final String PROVENANCE = "provenance";
  private static final String DATA = "data";
  private static final String SOURCE = "source";
  private static final String LIMIT = "limit";
  private static final String TRAIN_SHA = "train_sha256";
  private static final String VALIDATION_SHA = "validation_sha256";
  private static final String TEST_SHA = "test_sha256";
  private static final String TRAIN_IMAGES = "train_images";
  private static final String VALIDATION_IMAGES = "validation_images";
  private static final String OPTIONS = "options";
  private static final String SEED = "seed";
  private static final String PRECISION = "precision";
  private static final String OUTPUT_BIAS = "output_bias";
  /** Says by which part of the data the best epoch and the end of a training are chosen. */
  public static final String SELECTED_ON = "selected_on";

  private static final Path CONFIG = Path.of(ModelFolder.CONFIG);

  private final Path file;
  private Options json;

  private TrainingRecord(Path file, Options json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Returns the record of a new model.
   *
   * @param data the parts as the training uses them
   * @param source the data set as it was asked for, a name or a path
   * @param limit the images it was limited to, or null
   */
  public static TrainingRecord of(
      DataParts data,
      String source,
      @Nullable Integer limit,
      TrainingOptions options,
      Precision precision) {
    // People publish this: a path of this machine is kept in local.json, see DataPlace.
    String published = DataSource.standard().isNamed(source) ? source : null;
    return new TrainingRecord(
        CONFIG,
        Options.none()
            .with(DATA, TrainingData.of(data, published, limit).toOptions())
            .with(SEED, options.seed())
            .with(PRECISION, precision.name())
            .with(OPTIONS, options.toOptions()));
  }

  /** Returns the same, and whether the output bias started from the data's pixels. */
  public TrainingRecord withOutputBias(boolean fromData) {
    return new TrainingRecord(file, json.with(OUTPUT_BIAS, fromData ? "data" : "init"));
  }

  /**
   * Returns the record in a model's {@code config.json}; empty if it has none.
   *
   * @param folder the model's, for messages
   */
  public static TrainingRecord in(ModelFolder folder, Options config) {
    return new TrainingRecord(
        folder.path().resolve(ModelFolder.CONFIG),
        config.get(PROVENANCE) instanceof Options made ? made : Options.none());
  }

  /** Returns the same for a training that goes on with other options. */
  public TrainingRecord with(TrainingOptions options) {
    return new TrainingRecord(file, json.with(OPTIONS, options.toOptions()));
  }

  @Override
  public void epochEnded(TrainingRun run, EpochReport report) {
    Metrics metrics = report.validation();
    if (metrics != null) {
      String part = run.selectedOn().toString();
      JsonResult judged = new JsonResult().put("epoch", report.epoch());
      judged.put("images", metrics.images()).put(metrics).put(SELECTED_ON, part);
      // Of a training that goes on after its end, the test part was looked at before.
      json = json.without(Part.TEST.toString()).with(part, judged.toOptions());
      Metrics average = report.average();
      if (average != null) {
        JsonResult averaged = new JsonResult().put("epoch", report.epoch()).put(average);
        json = json.with(part + HistoryListener.AVERAGE, averaged.toOptions());
      }
    }
  }

  @Override
  public void tested(TrainingRun run, Metrics test) {
    JsonResult judged = new JsonResult().put("step", run.step());
    judged
        .put("images", test.images())
        .put(test)
        .put(SELECTED_ON, run.selectedOn().toString());
    json = json.with(Part.TEST.toString(), judged.toOptions());
  }

  /** What is known before training. */
  public Options toOptions() {
    return json;
  }

  /** What the training is made of, without what came of it. */
  Options setup() {
    Options setup = Options.none();
    for (String name : List.of(DATA, SEED, PRECISION, OPTIONS, OUTPUT_BIAS)) {
      OptionValue value = json.get(name);
      setup = value == null ? setup : setup.with(name, value);
    }
    return setup;
  }

  /** What is known at a moment of the training. */
  public Options at(TrainingState state) {
    Options now = json.with("epochs", state.epoch()).with("steps", state.step());
    // What was judged comes last, as it is what people look for.
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      OptionValue judged = json.get(part.toString());
      now = judged == null ? now : now.without(part.toString()).with(part.toString(), judged);
    }
    return now;
  }

  /**
   * The data set it was trained on, as it was asked for; null if that is not known. A path only in
   * a folder that was made before paths were kept apart, and a stranger's path is not to be
   * followed: see {@link #namedSource}.
   */
  @Nullable
  String source() {
    return read(() -> data().text(SOURCE));
  }

  /** The published data set it was trained on; null if that is none, or not known. */
  public @Nullable String namedSource() {
    String source = source();
    return source != null && DataSource.standard().isNamed(source) ? source : null;
  }

  /** What the data set is called; null if that is not known. */
  public @Nullable String dataName() {
    return read(() -> data().text("name"));
  }

  /** Where the data were, in a folder that was made before that was kept apart. */
  @Nullable
  String origin() {
    return read(() -> data().text("origin"));
  }

  /** How the data set was read from a path; null if nothing was said of that. */
  public @Nullable DataReading reading() {
    return read(() -> {
      OptionValue reading = data().options().get(TrainingData.READING);
      return reading == null ? null : DataReading.of(reading);
    });
  }

  /** The images that the data set was limited to; null if it was not. */
  public @Nullable Integer limit() {
    int limit = read(() -> data().integer(LIMIT, 1, Integer.MAX_VALUE));
    return limit == Integer.MAX_VALUE ? null : (Integer) limit;
  }

  /** Returns the part of the data by which the best epoch was chosen. */
  public Part selectedOn() {
    return read(() -> data().text(VALIDATION_SHA)) == null ? Part.TEST : Part.VALIDATION;
  }

  /** Returns whether examples are those that the model was trained on, as far as that is known. */
  public boolean isTrainedOn(Examples train) {
    return !differs(TRAIN_SHA, train);
  }

  /**
   * Returns a data set in the parts that the model was trained with, or as it comes if the model
   * was trained on other examples.
   */
  public DataParts asTrained(DataParts data) {
    int known = read(() -> data().integer(TRAIN_IMAGES, 0, 0))
        + (options().validation() instanceof Holdout.Standard
                && data.validation().isPresent()
            ? 0
            : read(() -> data().integer(VALIDATION_IMAGES, 0, 0)));
    if (known != data.train().size()) {
      return data;
    }
    DataParts parts = options().parts(data);
    return differs(TRAIN_SHA, parts.train()) ? data : parts;
  }

  /** How it was trained; the defaults if that is not known. */
  public TrainingOptions options() {
    return read(() -> optionsOf(members().object(OPTIONS)));
  }

  /**
   * Returns the numbers that the objective lets change, by name, as they were at the end of the
   * training: so it tells of a saved model what it told of it then.
   */
  public Map<String, Double> objectiveNumbers() {
    TrainingOptions options = options();
    Map<String, Double> numbers = new TreeMap<>();
    numbers.put(Objective.KL_WEIGHT, options.klWeight().at(options.epochs()));
    options
        .schedules()
        .forEach((name, schedule) -> numbers.put(name, schedule.at(options.epochs())));
    int examples = read(() -> data().integer(TRAIN_IMAGES, 0, 0));
    if (examples > 0) {
      numbers.put(Objective.TRAINING_EXAMPLES, (double) examples);
    }
    return numbers;
  }

  /** Reads options; a fault in them is told with their place in the file. */
  static TrainingOptions optionsOf(JsonMembers options) {
    try {
      return TrainingOptions.of(options.place(), options.options());
    } catch (ModelFileException e) {
      throw e;
    } catch (VaeException e) {
      throw new ModelFileException(options.place() + ": " + e.getMessage(), e);
    }
  }

  /** The precision it was trained in. */
  public Precision precision() {
    String name = read(() -> members().text(PRECISION));
    if (name == null || name.equals(Precision.FLOAT32.name())) {
      return Precision.FLOAT32;
    }
    if (name.equals(Precision.BFLOAT16.name())) {
      return Precision.BFLOAT16;
    }
    throw FileFault.of(
        file, "names the precision " + Quote.of(name) + ", which is none", "mend it");
  }

  /** What it ran on, of which the provenance has told the engine from the first format on. */
  RunSettings settings() {
    return read(() -> RunSettings.in(members()));
  }

  private JsonMembers members() {
    return JsonMembers.of(PROVENANCE, json);
  }

  private JsonMembers data() {
    return members().object(DATA);
  }

  private <T extends @Nullable Object> T read(Supplier<T> reading) {
    return FileFault.within(file, reading);
  }

  /**
   * Checks that training goes on with the data it began with.
   *
   * @param data in the parts that training uses
   * @return the other parts whose images are not those that training began with
   * @throws VaeException if the training images are others
   */
  public List<Part> requireSame(DataParts data) {
    if (differs(TRAIN_SHA, data.train())) {
      throw new VaeException(
          "the training examples of " + data.name() + " (" + Quote.path(data.origin())
              + ") are not those that training began with (their SHA-256 differs); name the same data"
              + " with --data and --limit");
    }
    List<Part> others = new ArrayList<>();
    data.validation()
        .filter(part -> differs(VALIDATION_SHA, part))
        .ifPresent(part -> others.add(Part.VALIDATION));
    if (differs(TEST_SHA, data.test())) {
      others.add(Part.TEST);
    }
    return others;
  }

  private boolean differs(String key, Examples images) {
    String known = read(() -> data().text(key));
    return known != null && !known.isEmpty() && !known.equals(images.sha256());
  }
}
