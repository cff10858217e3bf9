package io.github.jvae.spark;

import static io.github.jvae.spark.LocalSpark.numbers;
import static io.github.jvae.spark.LocalSpark.rows;
import static io.github.jvae.spark.LocalSpark.vector;
import static io.github.jvae.spark.LocalSpark.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.data.Examples;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.Schedule;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Training on the rows of a Dataset")
@Timeout(300)
class VaeEstimatorTest {
  /** Examples of a batch, which neither two workers nor the rows can be divided by. */
  private static final int BATCH = 15;

  @TempDir
  Path temporary;

  private static VaeEstimator estimator() {
    return new VaeEstimator()
        .setModel(vectors())
        .setBackend("nd4j")
        .setThreadsPerTask(1)
        .setBatchSize(BATCH)
        .setStepSize(0.01)
        .setSeed(4)
        .setNetworkTimeout(60);
  }

  private Map<String, HostTensor> weights(VaeModel model) {
    Path folder = temporary.resolve(model.content().digest());
    model.saveFolder(folder);
    try (Vae vae = Vae.load(folder, Vae.builder().backend("nd4j"))) {
      return vae.parameters();
    }
  }

  /** The distance of all weights together, relative to their length. */
  private static double distance(Map<String, HostTensor> some, Map<String, HostTensor> others) {
    double squares = 0;
    double length = 0;
    assertThat(some.keySet()).isEqualTo(others.keySet());
    for (String name : some.keySet()) {
      float[] a = some.getOrDefault(name, HostTensor.scalar(0)).data();
      float[] b = others.getOrDefault(name, HostTensor.scalar(0)).data();
      for (int i = 0; i < a.length; i++) {
        squares += Math.pow(a[i] - b[i], 2);
        length += Math.pow(b[i], 2);
      }
    }
    return Math.sqrt(squares / length);
  }

  private static float[][] sorted(float[][] numbers) {
    return Arrays.stream(numbers)
        .sorted(Comparator.comparing(row -> RowKey.of(row, new float[0], false)))
        .toArray(float[][]::new);
  }

  @Test
  @DisplayName("of one worker is that of Vae on the same rows in their order, bit for bit")
  void oneWorker() {
    float[][] numbers = numbers(50);
    VaeModel model = estimator().setMaxIter(3).fit(rows(numbers));
    try (Vae vae = vectors().backend("nd4j").threads(1).seed(4).build()) {
      vae.trainer(TrainingOptions.defaults()
              .withEpochs(3)
              .withBatchSize(BATCH)
              .withLearningRate(Schedule.constant(0.01))
              .withSeed(4))
          .train(Examples.of("rows", sorted(numbers)), null);
      assertThat(weights(model)).isEqualTo(vae.parameters());
    }
    assertThat(model.config().latent()).isEqualTo(2);
    assertThat(model.transform(rows(numbers)).columns()).contains("latent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl", "tensorflow"})
  @DisplayName("of two workers is that of one, to 1e-5 over 100 steps, and the same each time")
  void twoWorkers(String backend) {
    Dataset<Row> rows = rows(numbers(200));
    boolean main = backend.equals("nd4j");
    VaeEstimator estimator =
        estimator().setBackend(backend).setMaxIter(100).setMaxSteps(main ? 100 : 10);
    Map<String, HostTensor> alone = weights(estimator.fit(rows));
    VaeModel two = estimator.setNumWorkers(2).fit(rows);
    double distance = distance(weights(two), alone);
    assertThat(distance).isLessThan(1e-5);
    if (main) {
      // Not what they were compared with by mistake: the sum is not that of one process, bit by
      // bit.
      assertThat(distance).isGreaterThan(0);
      VaeModel again = estimator.fit(rows.repartition(3));
      assertThat(weights(again)).isEqualTo(weights(two));
    }
  }

  @Test
  @DisplayName("does not depend on how the rows are partitioned")
  void partitions() {
    Dataset<Row> rows = rows(numbers(60));
    VaeEstimator estimator = estimator().setMaxIter(2);
    Map<String, HostTensor> some = weights(estimator.fit(rows));
    assertThat(weights(estimator.fit(rows.repartition(5)))).isEqualTo(some);
    assertThat(weights(estimator.setSeed(5).fit(rows))).isNotEqualTo(some);
  }

  @Test
  @DisplayName("chooses the best epoch by the rows that are kept for it, with two workers too")
  void validation() {
    Dataset<Row> rows = rows(numbers(60)).withColumn("held", functions.expr("id % 4 = 0"));
    // Steps of this size get worse at some time.
    VaeEstimator estimator =
        estimator().setValidationIndicatorCol("held").setMaxIter(6).setStepSize(0.1);
    Map<String, HostTensor> best = weights(estimator.fit(rows));
    Map<String, HostTensor> two = weights(estimator.setNumWorkers(2).fit(rows));
    assertThat(distance(two, best)).isLessThan(1e-3);
    float[][] numbers = numbers(60);
    List<float[]> train = new ArrayList<>();
    List<float[]> held = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      (i % 4 == 0 ? held : train).add(numbers[i]);
    }
    try (Vae vae = vectors().backend("nd4j").threads(1).seed(4).build()) {
      List<Map<String, HostTensor>> bests = new ArrayList<>();
      vae.trainer(TrainingOptions.defaults()
              .withEpochs(6)
              .withBatchSize(BATCH)
              .withLearningRate(Schedule.constant(0.1))
              .withSeed(4))
          .listener(new TrainingListener() {
            @Override
            public void epochEnded(TrainingRun run, EpochReport report) {
              if (report.best()) {
                bests.add(vae.parameters());
              }
            }
          })
          .train(examples(train, false), examples(held, true));
      assertThat(best).isEqualTo(bests.get(bests.size() - 1));
    }
  }

  private static Examples examples(List<float[]> rows, boolean validation) {
    return Examples.of(
        "rows",
        rows.stream()
            .sorted(Comparator.comparing(row -> RowKey.of(row, new float[0], validation)))
            .toList());
  }

  @Test
  @DisplayName("tells a conditional model of each row's class, with two workers too")
  void conditions() {
    Dataset<Row> rows = rows(numbers(40)).withColumn("class", functions.expr("id % 3"));
    VaeEstimator estimator = estimator()
        .setModel(vectors().condition("label", 3))
        .setConditionCol("class")
        .setMaxIter(2);
    Map<String, HostTensor> alone = weights(estimator.fit(rows));
    Map<String, HostTensor> two = weights(estimator.setNumWorkers(2).fit(rows));
    assertThat(distance(two, alone)).isLessThan(1e-5);
    Map<String, HostTensor> others =
        weights(estimator.fit(rows.withColumn("class", functions.expr("(id + 1) % 3"))));
    assertThat(distance(others, alone)).isGreaterThan(1e-3);
  }

  /** Steps at which a task of this process is to fail once, by the name of the test. */
  private static final Map<String, Integer> FAILED = new ConcurrentHashMap<>();

  private static FitPlan.StepObserver failingOnce(String name, int rank, long step) {
    return (worker, taken) -> {
      if (worker == rank && taken == step && FAILED.merge(name, 1, Integer::sum) == 1) {
        throw new IllegalStateException("a task fails at step " + step);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @DisplayName("goes on from a checkpoint where a task fails, and ends in the same numbers")
  void retries(int rank) throws Exception {
    Dataset<Row> rows = rows(numbers(60)).withColumn("held", functions.expr("id % 4 = 0"));
    VaeEstimator estimator =
        estimator().setNumWorkers(2).setMaxIter(4).setValidationIndicatorCol("held");
    Map<String, HostTensor> expected = weights(estimator.fit(rows));
    Path folder = temporary.resolve("checkpoints");
    String name = "retries" + rank;
    FAILED.remove(name);
    STARTED.clear();
    FitPlan.StepObserver failing = failingOnce(name, rank, 8);
    Map<String, HostTensor> actual = weights(estimator
        .setCheckpointDir(folder.toUri().toString())
        .setCheckpointInterval(5)
        .observedBy((worker, step) -> {
          STARTED.merge(worker + " " + step, 1, Integer::sum);
          failing.stepped(worker, step);
        })
        .fit(rows));
    assertThat(actual).isEqualTo(expected);
    assertThat(FAILED.get(name)).isEqualTo(2);
    // It went on from step 5 and not from the beginning.
    assertThat(STARTED.get("0 5")).isEqualTo(1);
    assertThat(STARTED.get("0 6")).isEqualTo(2);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(file -> file.toString().endsWith(".zip"))).isEmpty();
    }
  }

  private static final Map<String, Integer> STARTED = new ConcurrentHashMap<>();

  @Test
  @DisplayName("never goes on from the checkpoint of another training")
  void otherCheckpoints() {
    Path folder = temporary.resolve("shared");
    Dataset<Row> rows = rows(numbers(30));
    VaeEstimator estimator =
        estimator().setMaxIter(3).setCheckpointDir(folder.toString()).setCheckpointInterval(1);
    assertThatThrownBy(() -> estimator
            .observedBy((rank, step) -> {
              if (step == 4) {
                throw new IllegalStateException("the application ends here");
              }
            })
            .fit(rows))
        .hasMessageContaining("the application ends here");
    assertThat(folder.toFile().list()).anyMatch(name -> name.endsWith("3.zip"));
    VaeEstimator other = estimator.copy(new ParamMap().put(estimator.stepSize(), 0.02));
    Map<String, HostTensor> expected =
        weights(estimator().setMaxIter(3).setStepSize(0.02).fit(rows));
    FIRST.clear();
    assertThat(weights(
            other.observedBy((rank, step) -> FIRST.putIfAbsent("other", step)).fit(rows)))
        .isEqualTo(expected);
    assertThat(FIRST).containsEntry("other", 1L);
    Map<String, HostTensor> whole = weights(estimator().setMaxIter(3).fit(rows));
    assertThat(weights(estimator
            .observedBy((rank, step) -> FIRST.putIfAbsent("same", step))
            .fit(rows)))
        .isEqualTo(whole);
    assertThat(FIRST).containsEntry("same", 4L);
  }

  private static final Map<String, Long> FIRST = new ConcurrentHashMap<>();

  @Test
  @DisplayName("tells in one sentence of what is wrong with rows, model and cluster")
  void faults() {
    Dataset<Row> rows = rows(numbers(20));
    assertThatThrownBy(() -> new VaeEstimator().fit(rows))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("there is no model to train");
    assertThatThrownBy(
            () -> estimator().setModel("{\"input\": [6], \"latent\": 0}").fit(rows))
        .hasMessageContaining("latent must be at least 1");
    assertThatThrownBy(() -> estimator().setNumWorkers(3).fit(rows))
        .isInstanceOf(VaeException.class)
        .hasMessage("numWorkers is 3, but the application has 2 slots for tasks, and workers need"
            + " one each at the same time; raise N of the master local[N], or lower numWorkers");
    assertThatThrownBy(() -> estimator().setValidationIndicatorCol("id").fit(rows))
        .hasMessageContaining("no such column of true and false");
    assertThatThrownBy(() -> estimator().setNumWorkers(2).setBackend("none").fit(rows))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("none")
        .hasMessageContaining("nd4j");
    List<Row> ragged =
        List.of(RowFactory.create(0, vector(numbers(1)[0])), RowFactory.create(1, vector(1, 2, 3)));
    assertThatThrownBy(() -> estimator().fit(rows(ragged, SQLDataTypes.VectorType())))
        .isInstanceOf(VaeException.class)
        .hasMessage("column 'features' of row 2 of partition 0 has 3 numbers, but the model's"
            + " examples are 6; give rows of that length");
    List<Row> empty = List.of(RowFactory.create(0, null));
    assertThatThrownBy(
            () -> estimator().setNumWorkers(2).fit(rows(empty, SQLDataTypes.VectorType())))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("column 'features' of row 1 of partition 0 is null");
    assertThatThrownBy(() -> estimator().fit(rows.filter("id < 0")))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("there are no rows to train on");
    assertThatThrownBy(() -> estimator().setModel(vectors().bernoulli()).fit(rows))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("0 to 1");
  }

  @Test
  @DisplayName("says which setting of Spark does not go with several workers")
  void executorsThatComeAndGo() {
    SparkConf fixed = new SparkConf(false);
    VaeEstimator.requireFixedExecutors(2, fixed);
    SparkConf dynamic = fixed.clone().set("spark.dynamicAllocation.enabled", "true");
    assertThatThrownBy(() -> VaeEstimator.requireFixedExecutors(2, dynamic))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("set spark.dynamicAllocation.enabled to false");
  }

  @Test
  @DisplayName("tells what a task threw, and not what only another noticed of it")
  void sentences() {
    String own = "io.github.jvae.error.BackendException: no natives here; add them";
    String lost = "io.github.jvae.error.VaeException: worker 1 of 2: " + Link.LOST + " (gone)";
    assertThat(Faults.of(new IllegalStateException("it failed\n" + lost + "\n at\n" + own)))
        .hasMessage("no natives here; add them");
    assertThat(Faults.of(new IllegalStateException("it failed\n" + lost)))
        .hasMessageContaining("worker 1 of 2");
    assertThat(
            Faults.of(new IllegalStateException("it failed\njava.lang.OutOfMemoryError: heap\n")))
        .hasMessage("training failed in a task: java.lang.OutOfMemoryError: heap");
    assertThat(Faults.of(new IllegalStateException("it was cancelled")))
        .hasMessage("training failed in Spark: it was cancelled");
  }

  @Test
  @DisplayName("refuses to divide what looks at a batch as a whole")
  void together() {
    VaeEstimator estimator =
        estimator().setModel(vectors().objective(ComponentConfig.of("beta-tc"))).setMaxIter(1);
    assertThat(estimator.fit(rows(numbers(30))).config().latent()).isEqualTo(2);
    assertThatThrownBy(() -> estimator.setNumWorkers(2).fit(rows(numbers(30))))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("set numWorkers to 1");
  }

  @Test
  @DisplayName("is a stage of pipelines, and saved as one")
  void pipelines() throws Exception {
    Dataset<Row> rows = rows(numbers(30));
    VaeEstimator estimator = estimator().setMaxIter(1).setLatentCol("z");
    String path = temporary.resolve("estimator").toString();
    estimator.save(path);
    VaeEstimator loaded = VaeEstimator.load(path);
    assertThat(loaded.getModel()).isEqualTo(estimator.getModel());
    assertThat(loaded.getStepSize()).isEqualTo(0.01);
    Dataset<Row> result =
        new Pipeline().setStages(new PipelineStage[] {loaded}).fit(rows).transform(rows);
    assertThat(result.columns()).containsExactly("id", "features", "z");
    assertThat(result.count()).isEqualTo(30);
  }
}
