package io.github.jvae.spark;

import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.Holdout;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.train.Schedule;
import io.github.jvae.train.TrainingOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Trains a variational autoencoder on the rows of a Dataset, by one worker or by several that share
 * each batch.
 *
 * <p>Rows are sorted by a digest of their numbers, so that the order of training follows from rows
 * and seed, however the Dataset is partitioned; then each worker holds its part of them in memory.
 * Several workers are tasks of one barrier stage. In each step all have the same batch, each
 * computes the gradients of its share, they add them up around a ring, and all move the same
 * weights along the same sum: what comes of it is what one worker trains, to rounding, and the same
 * to the last bit each time.
 *
 * <pre>{@code
 * VaeModel model = new VaeEstimator()
 *     .setModel(Vae.builder().example(30).mlp(200).latent(8).gaussian(0.5))
 *     .setInputCol("features")
 *     .setMaxIter(20)
 *     .setNumWorkers(4)
 *     .fit(rows);
 * }</pre>
 */
public final class VaeEstimator extends Estimator<VaeModel>
    implements VaeParams<VaeEstimator>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;
  private static final long LOOK_MILLIS = 500;

  private final String uid;
  private final SharedParams shared;
  private final Param<String> model;
  private final IntParam maxIter;
  private final LongParam maxSteps;
  private final DoubleParam stepSize;
  private final Param<String> validationIndicatorCol;
  private final IntParam numWorkers;
  private final IntParam networkTimeout;
  private final Param<String> checkpointDir;
  private final IntParam checkpointInterval;
  private FitPlan.StepObserver observer = (rank, step) -> {};

  /** Makes an estimator with the usual parameters; the model has none. */
  public VaeEstimator() {
    this(Identifiable.randomUID("vaeEstimator"));
  }

  /** Makes an estimator of a given name, as readers of saved stages do. */
  public VaeEstimator(String uid) {
    this.uid = uid;
    this.shared = new SharedParams(this);
    this.model = new Param<>(
        this, "model", "what is trained: the member \"model\" of a config.json, as JSON");
    this.maxIter = new IntParam(
        this, "maxIter", "passes over the rows (epochs)", ParamValidators.<Object>gtEq(1));
    this.maxSteps = new LongParam(
        this,
        "maxSteps",
        "steps after which training ends, if the epochs have not; 0 for no such end",
        ParamValidators.<Object>gtEq(0));
    this.stepSize =
        new DoubleParam(this, "stepSize", "Adam's learning rate", ParamValidators.<Object>gt(0));
    this.validationIndicatorCol = new Param<>(
        this,
        "validationIndicatorCol",
        "boolean column of rows that are kept from training, to choose the best epoch by; empty"
            + " for none");
    this.numWorkers = new IntParam(
        this,
        "numWorkers",
        "tasks that train together, each on its share of each batch",
        ParamValidators.<Object>gtEq(1));
    this.networkTimeout = new IntParam(
        this,
        "networkTimeout",
        "seconds after which a worker that sends nothing counts as lost",
        ParamValidators.<Object>gtEq(1));
    this.checkpointDir = new Param<>(
        this,
        "checkpointDir",
        "folder that all executors can write, for what a task that is tried again goes on from;"
            + " empty for none");
    this.checkpointInterval = new IntParam(
        this,
        "checkpointInterval",
        "steps from one checkpoint to the next",
        ParamValidators.<Object>gtEq(1));
    setUsual();
    setDefault(maxIter, 10);
    setDefault(maxSteps, 0L);
    setDefault(stepSize, 1e-3);
    setDefault(validationIndicatorCol, "");
    setDefault(numWorkers, 1);
    setDefault(networkTimeout, 300);
    setDefault(checkpointDir, "");
    setDefault(checkpointInterval, 100);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<VaeEstimator> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads a saved estimator. */
  public static VaeEstimator load(String path) {
    return read().load(path);
  }

  @Override
  public SharedParams shared() {
    return shared;
  }

  @Override
  public VaeEstimator self() {
    return this;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** What is trained, as JSON: the member {@code model} of a {@code config.json}. */
  public Param<String> model() {
    return model;
  }

  public String getModel() {
    return getOrDefault(model);
  }

  /** Sets what is trained, as JSON. */
  public VaeEstimator setModel(String json) {
    set(model, json);
    return this;
  }

  /** Sets what is trained. */
  public VaeEstimator setModel(VaeConfig config) {
    return setModel(JsonFile.toLine(config.toOptions()));
  }

  /** Sets what is trained; what the builder says of the engine is not used. */
  public VaeEstimator setModel(Vae.Builder builder) {
    return setModel(builder.config());
  }

  /** Passes over the rows; 10 unless set. */
  public IntParam maxIter() {
    return maxIter;
  }

  public int getMaxIter() {
    return (int) getOrDefault(maxIter);
  }

  public VaeEstimator setMaxIter(int epochs) {
    set(maxIter, epochs);
    return this;
  }

  /** Steps after which training ends; 0, for no such end, unless set. */
  public LongParam maxSteps() {
    return maxSteps;
  }

  public long getMaxSteps() {
    return (long) getOrDefault(maxSteps);
  }

  public VaeEstimator setMaxSteps(long steps) {
    set(maxSteps, steps);
    return this;
  }

  /** Adam's learning rate; 0.001 unless set. */
  public DoubleParam stepSize() {
    return stepSize;
  }

  public double getStepSize() {
    return (double) getOrDefault(stepSize);
  }

  public VaeEstimator setStepSize(double learningRate) {
    set(stepSize, learningRate);
    return this;
  }

  /** The boolean column of rows that are kept from training; none unless set. */
  public Param<String> validationIndicatorCol() {
    return validationIndicatorCol;
  }

  public String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol);
  }

  public VaeEstimator setValidationIndicatorCol(String column) {
    set(validationIndicatorCol, column);
    return this;
  }

  /** Tasks that train together; 1 unless set. */
  public IntParam numWorkers() {
    return numWorkers;
  }

  public int getNumWorkers() {
    return (int) getOrDefault(numWorkers);
  }

  public VaeEstimator setNumWorkers(int workers) {
    set(numWorkers, workers);
    return this;
  }

  /** Seconds after which a silent worker counts as lost; 300 unless set. */
  public IntParam networkTimeout() {
    return networkTimeout;
  }

  public int getNetworkTimeout() {
    return (int) getOrDefault(networkTimeout);
  }

  public VaeEstimator setNetworkTimeout(int seconds) {
    set(networkTimeout, seconds);
    return this;
  }

  /** The folder of checkpoints, which all executors can write; none unless set. */
  public Param<String> checkpointDir() {
    return checkpointDir;
  }

  public String getCheckpointDir() {
    return getOrDefault(checkpointDir);
  }

  public VaeEstimator setCheckpointDir(String folder) {
    set(checkpointDir, folder);
    return this;
  }

  /** Steps from one checkpoint to the next; 100 unless set. */
  public IntParam checkpointInterval() {
    return checkpointInterval;
  }

  public int getCheckpointInterval() {
    return (int) getOrDefault(checkpointInterval);
  }

  public VaeEstimator setCheckpointInterval(int steps) {
    set(checkpointInterval, steps);
    return this;
  }

  /** Has an observer told of each step, in the tasks. */
  VaeEstimator observedBy(FitPlan.StepObserver told) {
    observer = told;
    return this;
  }

  private VaeConfig config() {
    if (!isDefined(model)) {
      throw new ConfigurationException("there is no model to train; say which by setModel, such as"
          + " setModel(Vae.builder().example(30).mlp(200).gaussian(0.5))");
    }
    VaeConfig config = VaeConfig.of(ModelDescription.parse("the parameter model", getModel()));
    config.validate(Vae.catalogue());
    return config;
  }

  /**
   * Checks model and columns before anything is computed.
   *
   * @return the schema that the trained model makes
   * @throws VaeException if the model has faults, an input column is missing or of a type that is
   *     none of examples, or an output column is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    VaeConfig config = config();
    InputColumn.ofExamples(schema, getInputCol(), config.input());
    VaeModel.conditions(this, schema, config);
    validationPlace(schema);
    return Outputs.of(this).appendedTo(schema);
  }

  private int validationPlace(StructType schema) {
    String column = getValidationIndicatorCol();
    if (column.isEmpty()) {
      return -1;
    }
    int place = Arrays.asList(schema.fieldNames()).indexOf(column);
    if (place < 0 || !schema.apply(column).dataType().equals(DataTypes.BooleanType)) {
      throw new DataException("validationIndicatorCol is " + Quote.of(column)
          + ", but there is no such column of true and false; make one, or leave it out");
    }
    return place;
  }

  /**
   * Trains.
   *
   * @throws VaeException if model or rows have faults, the application has fewer slots than
   *     workers, an engine cannot run on the executors, or training diverges
   */
  @Override
  public VaeModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    SparkContext context = dataset.sparkSession().sparkContext();
    requireSlots(context);
    FitTask task = new FitTask(plan(context, dataset.schema()));
    ModelContent content;
    try {
      content = run(rows(dataset), task);
    } catch (Exception e) {
      // Scala throws checked exceptions without a word of it.
      throw Faults.of(e);
    }
    return copyValues(new VaeModel(uid, content), ParamMap.empty()).setParent(this);
  }

  private FitPlan plan(SparkContext context, StructType schema) {
    InputColumn.Kind kind =
        InputColumn.ofExamples(schema, getInputCol(), config().input()).kind();
    boolean levels = kind == InputColumn.Kind.LEVELS
        || kind == InputColumn.Kind.BINARY
        || kind == InputColumn.Kind.IMAGE;
    TrainingOptions options = TrainingOptions.defaults()
        .withEpochs(getMaxIter())
        .withBatchSize(getBatchSize())
        .withLearningRate(Schedule.constant(getStepSize()))
        .withValidation(Holdout.none())
        .withSeed(getSeed());
    return new FitPlan(
        getModel(),
        FitPlan.text(options),
        levels ? ElementKind.BYTES : ElementKind.FLOATS,
        VaeModel.engine(this, context),
        getNumWorkers(),
        getMaxSteps(),
        Secret.random(),
        Duration.ofSeconds(getNetworkTimeout()),
        getCheckpointDir(),
        getCheckpointInterval(),
        new SerializableConfiguration(context.hadoopConfiguration()),
        observer);
  }

  private JavaRDD<TrainingRow> rows(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    VaeConfig config = config();
    Optional<InputColumn> conditions = VaeModel.conditions(this, schema, config);
    Dataset<Row> rows = dataset.toDF();
    return rows.javaRDD()
        .mapPartitionsToPair(new RowReading(
            InputColumn.ofExamples(schema, getInputCol(), config.input()),
            conditions.orElse(null),
            validationPlace(schema),
            getValidationIndicatorCol()))
        .repartitionAndSortWithinPartitions(new RowParts(getNumWorkers()))
        .values();
  }

  private static ModelContent run(JavaRDD<TrainingRow> rows, FitTask task) {
    if (rows.getNumPartitions() == 1) {
      return rows.mapPartitions(task).collect().get(0);
    }
    ClassTag<ModelContent> tag = ClassTag$.MODULE$.apply(ModelContent.class);
    // Spark tries a barrier stage again only if it is not the last one: so the model is shuffled.
    return new JavaRDD<>(
            rows.rdd().barrier().mapPartitions(new FitTask.InBarrier(task), false, tag), tag)
        .repartition(1)
        .collect()
        .get(0);
  }

  /** Tells at once what Spark would find out after minutes of trying. */
  private void requireSlots(SparkContext context) {
    int workers = getNumWorkers();
    if (workers == 1) {
      return;
    }
    requireFixedExecutors(workers, context.getConf());
    long deadline = System.nanoTime()
        + (context.isLocal()
            ? 0
            : Duration.ofMillis(context
                    .getConf()
                    .getTimeAsMs("spark.scheduler.maxRegisteredResourcesWaitingTime", "30s"))
                .toNanos());
    int slots = slots(context);
    while (slots < workers && System.nanoTime() < deadline) {
      pause();
      slots = slots(context);
    }
    if (slots < workers) {
      throw new ConfigurationException("numWorkers is " + workers + ", but the application has "
          + slots + " slots for tasks, and workers need one each at the same time; raise "
          + (context.isLocal()
              ? "N of the master local[N]"
              : "spark.executor.instances or spark.executor.cores")
          + ", or lower numWorkers");
    }
  }

  /** Spark's barrier stages need executors that stay. */
  static void requireFixedExecutors(int workers, SparkConf configuration) {
    if (configuration.getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw new ConfigurationException("numWorkers is " + workers + ", but workers train in a"
          + " barrier stage, which Spark does not allow where executors come and go; set"
          + " spark.dynamicAllocation.enabled to false, or numWorkers to 1");
    }
  }

  private static int slots(SparkContext context) {
    return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaeException("interrupted while waiting for executors", e);
    }
  }

  @Override
  public VaeEstimator copy(ParamMap extra) {
    return copyValues(new VaeEstimator(uid), extra).observedBy(observer);
  }
}
