package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.bench.training.TrainingRecord;
import io.github.jvae.checkpoint.ModelFolder;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** Which saved model a command works with. */
public final class SavedModelOptions {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "The folder of a saved model, such as the --out of 'vae train' or the best in" + " it.")
  private Path folder = Path.of("");

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
