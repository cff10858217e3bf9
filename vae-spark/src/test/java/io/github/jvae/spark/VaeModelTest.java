package io.github.jvae.spark;

import static io.github.jvae.spark.LocalSpark.SESSION;
import static io.github.jvae.spark.LocalSpark.SIZE;
import static io.github.jvae.spark.LocalSpark.batch;
import static io.github.jvae.spark.LocalSpark.messages;
import static io.github.jvae.spark.LocalSpark.numbers;
import static io.github.jvae.spark.LocalSpark.rows;
import static io.github.jvae.spark.LocalSpark.vector;
import static io.github.jvae.spark.LocalSpark.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.data.Offset.offset;

import io.github.jvae.Vae;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Scaling;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.AnomalyScorer;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.TrainingOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A model as a stage")
class VaeModelTest {
  @TempDir
  static Path temporary;

  private static Path folder = Path.of("");

  @BeforeAll
  static void save() {
    folder = temporary.resolve("trained");
    try (Vae vae = vectors().backend("nd4j").threads(1).seed(3).build()) {
      vae.save(folder);
    }
  }

  private static VaeModel stage() {
    return VaeModel.open(folder)
        .setBackend("nd4j")
        .setBatchSize(4)
        .setReconstructionCol("reconstruction")
        .setScoreCol("elbo");
  }

  private static float[] floats(Row row, String column) {
    double[] values = row.<Vector>getAs(column).toArray();
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl", "tensorflow"})
  @DisplayName("gives what Vae gives for the same batches, bit for bit")
  void sameNumbers(String backend) {
    float[][] numbers = numbers(10);
    List<Row> result = stage()
        .setBackend(backend)
        .setScoreSamples(2)
        .setSeed(7)
        .transform(rows(numbers))
        .collectAsList();
    try (Vae vae = Vae.load(folder, Vae.builder().backend(backend).threads(1));
        AnomalyScorer scorer = AnomalyScorer.of(vae.runtime())) {
      for (int begin = 0; begin < 10; begin += 4) {
        int end = Math.min(10, begin + 4);
        HostTensor batch = batch(numbers, begin, end);
        HostTensor means = vae.encode(batch).mean();
        HostTensor reconstructions = vae.reconstruct(batch);
        List<AnomalyScores> scores =
            scorer.score(batch, Map.of(), Transformation.places(batch, end - begin), 2, 7);
        for (int row = begin; row < end; row++) {
          int place = row - begin;
          assertThat(result.get(row).getInt(0)).isEqualTo(row);
          assertThat(floats(result.get(row), "latent"))
              .isEqualTo(means.rows(place, place + 1).data());
          assertThat(floats(result.get(row), "reconstruction"))
              .isEqualTo(reconstructions.rows(place, place + 1).data());
          assertThat(result.get(row).<Double>getAs("elbo"))
              .isEqualTo(-scores.get(place).elbo());
        }
      }
    }
  }

  @Test
  @DisplayName("gives a row the same score in whatever partition and batch it comes")
  void scoresOfRows() {
    Dataset<Row> rows = rows(numbers(10));
    List<Row> some = stage().transform(rows).sort("id").collectAsList();
    List<Row> others =
        stage().setBatchSize(3).transform(rows.repartition(3)).sort("id").collectAsList();
    for (int row = 0; row < 10; row++) {
      assertThat(others.get(row).<Double>getAs("elbo"))
          .isCloseTo(some.get(row).<Double>getAs("elbo"), offset(1e-4));
    }
  }

  @Test
  @DisplayName("takes vectors, arrays of floats and doubles, and bytes as pixels")
  void kinds() {
    byte[] bytes = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255};
    float[] levels = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      levels[i] = (bytes[i] & 0xff) / 255f;
    }
    Vector expected = latent(RowFactory.create(0, vector(levels)), SQLDataTypes.VectorType());
    List<Float> floats = new ArrayList<>();
    List<Double> doubles = new ArrayList<>();
    List<Byte> signed = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      floats.add(levels[i]);
      doubles.add((double) levels[i]);
      signed.add(bytes[i]);
    }
    assertThat(latent(
            RowFactory.create(0, floats.toArray()), DataTypes.createArrayType(DataTypes.FloatType)))
        .isEqualTo(expected);
    assertThat(latent(
            RowFactory.create(0, doubles.toArray()),
            DataTypes.createArrayType(DataTypes.DoubleType)))
        .isEqualTo(expected);
    assertThat(latent(
            RowFactory.create(0, signed.toArray()), DataTypes.createArrayType(DataTypes.ByteType)))
        .isEqualTo(expected);
    assertThat(latent(RowFactory.create(0, bytes), DataTypes.BinaryType)).isEqualTo(expected);
  }

  private static Vector latent(Row row, DataType type) {
    return stage().transform(rows(List.of(row), type)).head().getAs("latent");
  }

  @Test
  @DisplayName("takes images of Spark's image source: blue, green, red by pixel become channels")
  void images() {
    byte[] pixels = {3, 2, 1, 6, 5, 4};
    Row image = RowFactory.create("here", 1, 2, 3, 16, pixels);
    InputColumn column = InputColumn.ofExamples(
        new StructType().add("image", ImageSchema.columnSchema()), "image", List.of(3, 1, 2));
    float[] numbers = column.read(RowFactory.create(image), "row 1");
    float[] levels = {1, 4, 2, 5, 3, 6};
    for (int i = 0; i < levels.length; i++) {
      assertThat(numbers[i]).isEqualTo(levels[i] / 255f);
    }
    InputColumn other = InputColumn.ofExamples(
        new StructType().add("image", ImageSchema.columnSchema()), "image", List.of(3, 2, 1));
    assertThatThrownBy(() -> other.read(RowFactory.create(image), "row 1"))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("column 'image' of row 1 is an image [3, 1, 2]");
  }

  @Test
  @DisplayName("does to rows what was done to the training's examples, and undoes it")
  void transforms() {
    Transforms halved = Transforms.of(new Scaling(0.5, 0.25));
    float[][] numbers = numbers(4);
    Path trained = temporary.resolve("scaled");
    float[] expected;
    try (Vae vae = vectors().backend("nd4j").threads(1).build()) {
      vae.trainer(TrainingOptions.defaults().withEpochs(1).withTransforms(halved))
          .train(Examples.of("rows", numbers), null);
      vae.save(trained);
      HostTensor scaled = batch(numbers, 0, 4);
      for (int row = 0; row < 4; row++) {
        halved.in(Pass.test(1)).apply(row, scaled.data(), row * SIZE, (row + 1) * SIZE);
      }
      assertThat(scaled).isNotEqualTo(batch(numbers, 0, 4));
      expected = halved.undone(vae.reconstruct(scaled)).data();
    }
    List<Row> result = VaeModel.open(trained)
        .setBackend("nd4j")
        .setReconstructionCol("back")
        .transform(rows(numbers))
        .collectAsList();
    for (int row = 0; row < 4; row++) {
      assertThat(floats(result.get(row), "back"))
          .isEqualTo(Arrays.copyOfRange(expected, row * SIZE, (row + 1) * SIZE));
    }
  }

  @Test
  @DisplayName("is told conditions: a number is a class")
  void conditions() {
    Path conditional = temporary.resolve("conditional");
    float[][] numbers = numbers(2);
    HostTensor expected;
    try (Vae vae = vectors().condition("label", 3).backend("nd4j").threads(1).build()) {
      vae.save(conditional);
      expected = vae.inference()
          .encode(
              batch(numbers, 0, 2),
              Map.of("label", HostTensor.of(Shape.of(2, 3), 0, 0, 1, 1, 0, 0)))
          .mean();
    }
    StructType schema = new StructType()
        .add("features", SQLDataTypes.VectorType())
        .add("class", DataTypes.IntegerType);
    Dataset<Row> rows = SESSION
        .createDataFrame(
            List.of(
                RowFactory.create(vector(numbers[0]), 2), RowFactory.create(vector(numbers[1]), 0)),
            schema)
        .coalesce(1);
    VaeModel stage = VaeModel.open(conditional).setBackend("nd4j");
    assertThatThrownBy(() -> stage.transformSchema(schema))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("set conditionCol");
    List<Row> result = stage.setConditionCol("class").transform(rows).collectAsList();
    assertThat(floats(result.get(0), "latent")).isEqualTo(expected.rows(0, 1).data());
    assertThat(floats(result.get(1), "latent")).isEqualTo(expected.rows(1, 2).data());
    Dataset<Row> wrong =
        SESSION.createDataFrame(List.of(RowFactory.create(vector(numbers[0]), 3)), schema);
    assertThat(messages(catchThrowable(() -> stage.transform(wrong).collectAsList())))
        .contains("column 'class' of row 1 of partition")
        .contains("classes 0 to 2");
  }

  @Test
  @DisplayName("refuses columns before anything is computed")
  void schemas() {
    StructType schema = rows(numbers(1)).schema();
    assertThatThrownBy(() -> stage().setInputCol("pixels").transformSchema(schema))
        .isInstanceOf(VaeException.class)
        .hasMessage("there is no column 'pixels'; the columns are id, features");
    assertThatThrownBy(() -> stage().setInputCol("id").transformSchema(schema))
        .hasMessageContaining("column 'id' is of type int, but the model's examples are 6 num");
    assertThatThrownBy(() -> stage().setLatentCol("id").transformSchema(schema))
        .hasMessageContaining("output column 'id' is there already");
    assertThatThrownBy(
            () -> stage().setLatentCol("same").setScoreCol("same").transformSchema(schema))
        .hasMessageContaining("output column 'same' is there already");
    assertThatThrownBy(() -> stage()
            .setLatentCol("")
            .setScoreCol("")
            .setReconstructionCol("")
            .transformSchema(schema))
        .hasMessageContaining("set latentCol, reconstructionCol or scoreCol");
    assertThatThrownBy(() -> stage().setConditionCol("id").transformSchema(schema))
        .hasMessageContaining("the model has no condition");
    assertThatThrownBy(() -> new VaeModel("empty").transformSchema(schema))
        .hasMessageContaining("this VaeModel has no model");
    assertThat(stage().transformSchema(schema).fieldNames())
        .containsExactly("id", "features", "latent", "reconstruction", "elbo");
  }

  @Test
  @DisplayName("names row and column of what is null, ragged or no number")
  void faultyRows() {
    assertThat(fault(RowFactory.create(1, null)))
        .contains("column 'features' of row 2 of partition 0 is null");
    assertThat(fault(RowFactory.create(1, vector(1, 2))))
        .contains("column 'features' of row 2 of partition 0 has 2 numbers, but the model's"
            + " examples are 6");
    assertThat(fault(RowFactory.create(1, vector(1, 2, Float.NaN, 4, 5, 6))))
        .contains("column 'features' of row 2 of partition 0 has NaN as number 2");
    assertThatThrownBy(() -> VaeModel.open(temporary.resolve("nowhere")))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("nowhere");
    assertThat(messages(catchThrowable(
            () -> stage().setBackend("none").transform(rows(numbers(1))).collectAsList())))
        .contains("none")
        .contains("nd4j");
  }

  private static String fault(Row second) {
    Dataset<Row> rows = rows(
        List.of(RowFactory.create(0, vector(numbers(1)[0])), second), SQLDataTypes.VectorType());
    return messages(catchThrowable(() -> stage().transform(rows).collectAsList()));
  }

  @Test
  @DisplayName("is saved alone and in pipelines, with a folder that Vae opens")
  void persistence() throws Exception {
    Dataset<Row> rows = rows(numbers(5));
    VaeModel stage = stage();
    List<Row> expected = stage.transform(rows).collectAsList();
    String alone = temporary.resolve("alone").toString();
    stage.save(alone);
    VaeModel loaded = VaeModel.load(alone);
    assertThat(loaded.uid()).isEqualTo(stage.uid());
    assertThat(loaded.getScoreCol()).isEqualTo("elbo");
    assertThat(loaded.transform(rows).collectAsList()).isEqualTo(expected);
    try (Vae vae = Vae.load(Path.of(alone, "model"), Vae.builder().backend("nd4j"))) {
      assertThat(vae.config()).isEqualTo(stage.config());
    }
    assertThatThrownBy(() -> stage.save(alone)).hasMessageContaining("alone");
    stage.setBatchSize(5).write().overwrite().save(alone);
    assertThat(VaeModel.load(alone).getBatchSize()).isEqualTo(5);
    PipelineModel pipeline =
        new Pipeline().setStages(new PipelineStage[] {stage.setBatchSize(4)}).fit(rows);
    String whole = temporary.resolve("pipeline").toString();
    pipeline.save(whole);
    assertThat(PipelineModel.load(whole).transform(rows).collectAsList()).isEqualTo(expected);
    Files.delete(Path.of(alone, "model", "model.safetensors"));
    assertThatThrownBy(() -> VaeModel.load(alone))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("has no")
        .hasMessageContaining("model.safetensors");
    Path copied = temporary.resolve("copied");
    stage.saveFolder(copied);
    assertThat(VaeModel.open(copied).content().digest())
        .isEqualTo(stage.content().digest());
  }

  @Test
  @DisplayName("is copied with its parameters, and with others")
  void copies() {
    VaeModel stage = stage();
    VaeModel copy = stage.copy(new ParamMap().put(stage.batchSize(), 9));
    assertThat(copy.uid()).isEqualTo(stage.uid());
    assertThat(copy.getBatchSize()).isEqualTo(9);
    assertThat(copy.getScoreCol()).isEqualTo("elbo");
    assertThat(stage.getBatchSize()).isEqualTo(4);
    assertThat(copy.content()).isSameAs(stage.content());
    assertThatThrownBy(() -> stage.setBatchSize(0)).hasMessageContaining("batchSize");
    assertThat(stage.explainParams()).contains("threadsPerTask", "scoreCol", "(default: latent)");
  }

  @Test
  @DisplayName("opens one engine however many tasks there are, and shuffles nothing")
  void oneEngine() {
    Dataset<Row> rows = rows(numbers(40)).repartition(8).persist();
    rows.count();
    VaeModel stage = stage();
    Dataset<Row> result = stage.transform(rows);
    assertThat(result.collectAsList()).hasSize(40);
    int open = OpenModels.open();
    assertThat(stage.copy(new ParamMap()).transform(rows).collectAsList()).hasSize(40);
    assertThat(OpenModels.open()).isEqualTo(open).isLessThanOrEqualTo(2);
    assertThat(result.queryExecution().executedPlan().toString()).doesNotContain("Exchange hash");
    assertThat(result.rdd().getNumPartitions()).isEqualTo(8);
    rows.unpersist();
  }

  @Test
  @DisplayName("works in structured streaming")
  void streaming() throws Exception {
    Path source = temporary.resolve("source");
    StructType schema = new StructType()
        .add("id", DataTypes.IntegerType)
        .add("features", DataTypes.createArrayType(DataTypes.DoubleType));
    List<Row> rows = new ArrayList<>();
    for (float[] one : numbers(6)) {
      List<Double> values = new ArrayList<>();
      for (float value : one) {
        values.add((double) value);
      }
      rows.add(RowFactory.create(rows.size(), values.toArray()));
    }
    SESSION.createDataFrame(rows, schema).coalesce(1).write().json(source.toString());
    StreamingQuery query = stage()
        .transform(SESSION.readStream().schema(schema).json(source.toString()))
        .writeStream()
        .format("memory")
        .queryName("scored")
        .option("checkpointLocation", temporary.resolve("offsets").toString())
        .trigger(Trigger.AvailableNow())
        .start();
    query.awaitTermination(60_000);
    List<Row> streamed = SESSION.sql("select * from scored order by id").collectAsList();
    List<Row> expected = stage().transform(rows(numbers(6))).collectAsList();
    assertThat(streamed).hasSize(6);
    for (int row = 0; row < 6; row++) {
      assertThat(streamed.get(row).<Vector>getAs("latent"))
          .isEqualTo(expected.get(row).getAs("latent"));
    }
  }
}
