package io.github.jvae.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Reads a stage that {@link StageWriter} has written. */
final class StageReader extends MLReader<VaeModel> {
  @Override
  public VaeModel load(String path) {
    VaeModel stage = new DefaultParamsReader<VaeModel>().session(sparkSession()).load(path);
    try {
      return stage.withContent(new StageFiles(path, sc().hadoopConfiguration()).read());
    } catch (IOException e) {
      throw new UncheckedIOException("the stage in " + path + " cannot be read", e);
    }
  }
}
