package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.bench.training.TrainingRecord;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.column.Columns;
import io.github.jvae.data.DataReading;
import io.github.jvae.data.table.TableSchema;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which saved model a command works with. */
public final class SavedModelOptions {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "The folder of a saved model, such as the --out of 'vae train' or the best in" + " it.")
  private Path folder = Path.of("");

  /** Returns a saved model that is not the only one of its command. */
  public static SavedModelOptions of(Path folder) {
    SavedModelOptions model = new SavedModelOptions();
    model.folder = folder;
    return model;
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /**
   * How it was made.
   *
   * @throws io.github.jvae.error.VaeException if the folder holds no model, or a damaged one
   */
  public TrainingRecord record() {
    ModelFolder model = new ModelFolder(folder);
    return TrainingRecord.in(model, model.loadConfig());
  }

  /**
   * How the data were read that it was trained on, so that others are read alike; null if nothing
   * is known of that. Of a table, the columns of the model say it where its record does not.
   *
   * @throws io.github.jvae.error.VaeException as {@link #record} does
   */
  public @Nullable DataReading reading() {
    DataReading recorded = record().reading();
    if (recorded == null
        && new ModelFolder(folder).loadConfig().get("model") instanceof Options model) {
      OptionValue columns = model.get("columns");
      return columns == null ? null : TableSchema.of(Columns.of(columns)).reading();
    }
    return recorded;
  }

  /**
   * Opens it.
   *
   * @throws picocli.CommandLine.ParameterException if there is no such engine
   * @throws io.github.jvae.error.VaeException if the folder holds no model, or a damaged one
   */
  public Vae open(EngineOptions engine, OutputOptions output) {
    Vae.Builder builder = engine.builder(output);
    return Vae.load(folder, builder.precision(engine.precision(record().precision())));
  }
}
