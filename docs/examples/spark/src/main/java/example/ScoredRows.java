package example;

import io.github.jvae.Vae;
import io.github.jvae.spark.VaeEstimator;
import io.github.jvae.spark.VaeModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Trains a model on rows that lie near a curve, and finds the rows that do not. */
public final class ScoredRows {
  private static final int FEATURES = 8;

  private ScoredRows() {}

  /**
   * Runs on whatever cluster it is submitted to.
   *
   * @param arguments how many workers train, and where the model goes
   */
  public static void main(String[] arguments) throws IOException {
    int workers = Integer.parseInt(arguments[0]);
    try (SparkSession spark = SparkSession.builder().appName("scored rows").getOrCreate()) {
      Dataset<Row> rows = rows(spark, 2000);
      VaeModel model = new VaeEstimator()
          .setModel(Vae.builder().example(FEATURES).mlp(64).latent(2).gaussian(0.1))
          .setNumWorkers(workers)
          .setMaxIter(20)
          .setScoreCol("elbo")
          .fit(rows);
      model.transform(rows).orderBy("elbo").select("id", "elbo").show(5);
      model.write().overwrite().save(arguments[1]);
    }
  }

  /** Rows near a curve, but for every 500th. */
  private static Dataset<Row> rows(SparkSession spark, int count) {
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      double place = random.nextGaussian();
      double[] features = new double[FEATURES];
      for (int i = 0; i < FEATURES; i++) {
        double curve = id % 500 == 0 ? random.nextGaussian() : Math.sin(place * (i + 1) / 4);
        features[i] = curve + 0.05 * random.nextGaussian();
      }
      rows.add(RowFactory.create(id, Vectors.dense(features)));
    }
    StructType schema = new StructType()
        .add("id", DataTypes.IntegerType)
        .add("features", SQLDataTypes.VectorType());
    return spark.createDataFrame(rows, schema);
  }
}
