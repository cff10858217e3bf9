package io.github.jvae.spark;

import io.github.jvae.Vae;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** One session of two slots for all tests of this process, and rows for tiny models. */
final class LocalSpark {
  static final int SIZE = 6;
  static final SparkSession SESSION = session();

  private LocalSpark() {}

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("vae-spark")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"))
        .getOrCreate();
  }

  /** A model of vectors of {@value #SIZE} numbers. */
  static Vae.Builder vectors() {
    return Vae.builder().example(SIZE).mlp(8).latent(2).gaussian(0.5);
  }

  /** Numbers of so many examples, all different. */
  static float[][] numbers(int count) {
    Random random = new Random(5);
    float[][] numbers = new float[count][SIZE];
    for (float[] row : numbers) {
      double height = random.nextGaussian();
      for (int i = 0; i < SIZE; i++) {
        row[i] = (float) (height * (i - 2) / 2 + 0.3 * random.nextGaussian());
      }
    }
    return numbers;
  }

  /** Some of the examples as a batch. */
  static HostTensor batch(float[][] numbers, int begin, int end) {
    HostTensor batch = HostTensor.zeros(Shape.of(end - begin, numbers[0].length));
    for (int row = begin; row < end; row++) {
      System.arraycopy(
          numbers[row], 0, batch.data(), (row - begin) * numbers[0].length, numbers[0].length);
    }
    return batch;
  }

  static Vector vector(float... numbers) {
    double[] values = new double[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    return Vectors.dense(values);
  }

  /** Rows with an id and a vector, in one partition. */
  static Dataset<Row> rows(float[][] numbers) {
    List<Row> rows = new ArrayList<>();
    for (float[] one : numbers) {
      rows.add(RowFactory.create(rows.size(), vector(one)));
    }
    return rows(rows, SQLDataTypes.VectorType());
  }

  /** Rows of an id and features of a type, in one partition. */
  static Dataset<Row> rows(List<Row> rows, DataType features) {
    StructType schema =
        new StructType().add("id", DataTypes.IntegerType, false).add("features", features, true);
    return SESSION.createDataFrame(rows, schema).coalesce(1);
  }

  /** All messages of an exception and its causes. */
  static String messages(Throwable thrown) {
    StringBuilder all = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      all.append(String.format(Locale.ROOT, "%s%n", t));
    }
    return all.toString();
  }
}
