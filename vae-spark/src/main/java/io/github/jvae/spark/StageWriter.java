package io.github.jvae.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Writes a stage: its parameters as Spark does, and the model beside them. */
final class StageWriter extends MLWriter {
  private final VaeModel model;

  StageWriter(VaeModel model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    ModelContent content = model.content();
    try {
      new DefaultParamsWriter(model).session(sparkSession()).save(path);
      new StageFiles(path, sc().hadoopConfiguration()).write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("the stage cannot be written to " + path, e);
    }
  }
}
