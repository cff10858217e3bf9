package io.github.jvae.spark;

import io.github.jvae.VaeConfig;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag$;

/**
 * A trained variational autoencoder as a stage of Spark ML pipelines: adds to each row the latent
 * mean, the reconstruction and the evidence lower bound of its example, as far as their columns
 * have names.
 *
 * <p>Each executor opens one engine for a model, whichever and however many tasks use it. Rows are
 * computed in batches within their partition; nothing is shuffled, and streams work as tables do.
 * What was done to the examples in training is done to these, and undone in reconstructions. Scores
 * depend on the row and the seed alone.
 *
 * <pre>{@code
 * VaeModel model = VaeModel.open(Path.of("my-model")).setInputCol("pixels").setScoreCol("elbo");
 * Dataset<Row> scored = model.transform(rows);
 * }</pre>
 */
public final class VaeModel extends Model<VaeModel> implements VaeParams<VaeModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SharedParams shared;
  private final @Nullable ModelContent content;
  private transient @Nullable Published published;

  /** The content as the executors of an application have it. */
  private record Published(SparkContext context, Broadcast<ModelContent> content) {}

  /** Makes a stage without a model, which only readers of saved stages have a use for. */
  public VaeModel(String uid) {
    this(uid, null);
  }

  VaeModel(String uid, @Nullable ModelContent content) {
    this.uid = uid;
    this.content = content;
    this.shared = new SharedParams(this);
    setUsual();
  }

  /**
   * Opens a model folder of any origin: the {@code vae} command line, {@code Vae.save}, a model
   * hub. The folder is read here, on the driver.
   *
   * @throws VaeException if it is no model, or damaged
   */
  public static VaeModel open(Path folder) {
    ModelContent content = ModelContent.read(folder);
    ModelDescription.of(content.configText());
    return new VaeModel(Identifiable.randomUID("vae"), content);
  }

  /** Returns a reader of saved stages. */
  public static MLReader<VaeModel> read() {
    return new StageReader();
  }

  /**
   * Reads a saved stage, from any file system that Spark knows.
   *
   * @throws VaeException if the model in it is missing
   */
  public static VaeModel load(String path) {
    return read().load(path);
  }

  @Override
  public SharedParams shared() {
    return shared;
  }

  @Override
  public VaeModel self() {
    return this;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Returns what the model is. */
  public VaeConfig config() {
    return ModelDescription.of(content().configText()).config();
  }

  /**
   * Saves the model as an ordinary jvae model folder, to be opened by {@code Vae.load} or the
   * {@code vae} command line.
   *
   * @param folder of this machine
   * @throws VaeException if it cannot be written
   */
  public void saveFolder(Path folder) {
    content().asFolder(files -> {
      new ModelFolder(folder).saveModel(new ModelFolder(files).loadModel());
      return folder;
    });
  }

  /** Returns the model that travels. */
  ModelContent content() {
    if (content == null) {
      throw new ConfigurationException(
          "this VaeModel has no model; make it with VaeModel.open or" + " VaeModel.load");
    }
    return content;
  }

  /**
   * Checks the columns before anything is computed.
   *
   * @return the schema with the columns that are added
   * @throws VaeException if an input column is missing or of a type that is none of examples, or an
   *     output column is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    VaeConfig config = config();
    InputColumn.ofExamples(schema, getInputCol(), config.input());
    conditions(schema, config);
    return Outputs.of(this).appendedTo(schema);
  }

  private Optional<InputColumn> conditions(StructType schema, VaeConfig config) {
    return conditions(this, schema, config);
  }

  /** Returns where the condition of a model is, if it has one. */
  static Optional<InputColumn> conditions(
      VaeParams<?> params, StructType schema, VaeConfig config) {
    String column = params.getConditionCol();
    Optional<String> condition = ModelDescription.condition(config);
    if (condition.isPresent() && column.isEmpty()) {
      throw new DataException("the model is told " + Quote.of(condition.get())
          + " of each example; set conditionCol to the column that has it");
    }
    if (condition.isEmpty() && !column.isEmpty()) {
      throw new DataException("the model has no condition, but conditionCol is " + Quote.of(column)
          + "; leave it out, or use a conditional model");
    }
    return condition.map(name -> InputColumn.ofConditions(
        schema, column, name, config.conditions().getOrDefault(name, List.of())));
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    StructType added = transformSchema(schema);
    VaeConfig config = config();
    SparkContext context = dataset.sparkSession().sparkContext();
    Transformation.Plan plan = new Transformation.Plan(
        engine(this, context),
        InputColumn.ofExamples(schema, getInputCol(), config.input()),
        ModelDescription.condition(config).orElse(""),
        conditions(schema, config).orElse(null),
        Outputs.of(this),
        getBatchSize(),
        getScoreSamples(),
        getSeed());
    Transformation work = new Transformation(publish(context), content().digest(), plan);
    return dataset.toDF().mapPartitions(work, Encoders.row(added));
  }

  /** Returns the engine that a stage's tasks use. */
  static EngineChoice engine(VaeParams<?> params, SparkContext context) {
    int threads = params.isDefined(params.threadsPerTask())
        ? params.getThreadsPerTask()
        : context.getConf().getInt("spark.task.cpus", 1);
    return new EngineChoice(params.getBackend(), threads);
  }

  /** Sends the model to the executors, once for each application. */
  private synchronized Broadcast<ModelContent> publish(SparkContext context) {
    Published present = published;
    if (present == null || present.context() != context) {
      present = new Published(
          context, context.broadcast(content(), ClassTag$.MODULE$.apply(ModelContent.class)));
      published = present;
    }
    return present.content();
  }

  @Override
  public VaeModel copy(ParamMap extra) {
    VaeModel copy = copyValues(new VaeModel(uid, content), extra);
    return hasParent() ? copy.setParent(parent()) : copy;
  }

  /** Returns this stage with another content, as one that was just read. */
  VaeModel withContent(ModelContent other) {
    return copyValues(new VaeModel(uid, other), ParamMap.empty());
  }

  @Override
  public MLWriter write() {
    return new StageWriter(this);
  }

  @Override
  public void save(String path) throws IOException {
    write().save(path);
  }
}
