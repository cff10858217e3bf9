package io.github.jvae.bench.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.backend.Precision;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.checkpoint.JsonFile;
import io.github.jvae.data.ImageData;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingRun;
import io.github.jvae.train.TrainingState;
import org.jspecify.annotations.Nullable;

/**
 * How a model was made: the data with their fingerprints, the options, how far it came and how well
 * it does. Kept in its {@code config.json}, with what {@link io.github.jvae.Vae#folderConfig} adds
 * of the backend. It listens to the training, to know the latest metrics.
 */
public final class Provenance implements TrainingListener {
  private static final String DATA = "data";
  private static final String SOURCE = "source";
  private static final String LIMIT = "limit";
  private static final String TRAIN_SHA = "train_sha256";
  private static final String TEST_SHA = "test_sha256";
  private static final String OPTIONS = "options";
  private static final String PRECISION = "precision";
  private static final String OUTPUT_BIAS = "output_bias";
  private static final String TEST = "test";

  private final ObjectNode json;

  private Provenance(ObjectNode json) {
    this.json = json;
  }

  /**
   * The provenance of a new model.
   *
   * @param source the data set as it was asked for, a name or a path
   * @param limit the images it was limited to, or null
   */
  public static Provenance of(
      ImageData data,
      String source,
      @Nullable Integer limit,
      TrainingOptions options,
      Precision precision) {
    ObjectNode json = JsonFile.object();
    ObjectNode origin = json.putObject(DATA);
    origin.put("name", data.name());
    origin.put(SOURCE, source);
    origin.put("origin", data.origin());
    origin.put(LIMIT, limit);
    origin.put("train_images", data.train().size());
    origin.put("test_images", data.test().size());
    origin.put(TRAIN_SHA, data.train().sha256());
    origin.put(TEST_SHA, data.test().sha256());
    json.put("seed", options.seed());
    json.put(PRECISION, precision.name());
    json.set(OPTIONS, options.toJson());
    return new Provenance(json);
  }

  /** The same, and whether the output bias started from the data's pixels. */
  public Provenance withOutputBias(boolean fromData) {
    ObjectNode more = json.deepCopy();
    more.put(OUTPUT_BIAS, fromData ? "data" : "init");
    return new Provenance(more);
  }

  /** The provenance in a model's {@code config.json}; empty if it has none. */
  public static Provenance in(ObjectNode config) {
    return new Provenance(
        config.path("provenance") instanceof ObjectNode made ? made.deepCopy() : JsonFile.object());
  }

  /** The same for a training that goes on with other options. */
  public Provenance with(TrainingOptions options) {
    ObjectNode more = json.deepCopy();
    more.set(OPTIONS, options.toJson());
    return new Provenance(more);
  }

  @Override
  public void epochEnded(TrainingRun run, EpochReport report) {
    Metrics metrics = report.validation();
    if (metrics != null) {
      JsonResult test = new JsonResult().put("epoch", report.epoch());
      json.set(TEST, test.put("images", metrics.images()).put(metrics).toJson());
    }
  }

  /** What is known before training; a copy. */
  public ObjectNode toJson() {
    return json.deepCopy();
  }

  /** What is known at a moment of the training. */
  public ObjectNode at(TrainingState state) {
    ObjectNode now = json.deepCopy();
    JsonNode test = now.remove(TEST);
    now.put("epochs", state.epoch());
    now.put("steps", state.step());
    if (test != null) {
      now.set(TEST, test);
    }
    return now;
  }

  /** The data set it was trained on, as it was asked for; null if that is not known. */
  public @Nullable String source() {
    return json.path(DATA).path(SOURCE).textValue();
  }

  /** The images that the data set was limited to; null if it was not. */
  public @Nullable Integer limit() {
    JsonNode limit = json.path(DATA).path(LIMIT);
    return limit.isInt() ? (Integer) limit.intValue() : null;
  }

  /** How it was trained; the defaults if that is not known. */
  public TrainingOptions options() {
    return json.path(OPTIONS) instanceof ObjectNode options
        ? TrainingOptions.fromJson(options)
        : TrainingOptions.defaults();
  }

  /** The precision it was trained in. */
  public Precision precision() {
    return json.path(PRECISION).asText().equals(Precision.BFLOAT16.name())
        ? Precision.BFLOAT16
        : Precision.FLOAT32;
  }

  /**
   * Checks that training goes on with the data it began with.
   *
   * @throws VaeException if a fingerprint differs
   */
  public void requireSame(ImageData data) {
    String known = json.path(DATA).path(TRAIN_SHA).asText();
    if (!known.isEmpty() && !known.equals(data.train().sha256())) {
      throw new VaeException("the training images of " + data.name() + " (" + data.origin()
          + ") are not those that training began with (their SHA-256 differs); name the same data"
          + " with --data and --limit");
    }
  }
}
