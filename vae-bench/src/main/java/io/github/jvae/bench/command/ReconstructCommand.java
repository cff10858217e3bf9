package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PictureOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.bench.option.TableOutput;
import io.github.jvae.data.Batch;
import io.github.jvae.data.table.TableWriter;
import io.github.jvae.evaluate.ReconstructionQuality;
import io.github.jvae.tensor.HostTensor;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae reconstruct}. */
@Command(
    name = "reconstruct",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Shows images, and below each what the model makes of it: through the mean of its posterior"
          + " and back. Of a table, the rows that it makes of rows, as a table; a file that ends in"
          + " .npy has the numbers that it makes of images, series and vectors.",
      ""
    })
public final class ReconstructCommand implements Callable<Integer> {
  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Mixin
  private ImageOptions imageOptions = new ImageOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "16",
      description = "How many images, from the first. Default: ${DEFAULT-VALUE}.")
  private int count = 16;

  @Option(
      names = "--columns",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "8",
      description = "Images in a row of the grid. Default: ${DEFAULT-VALUE}.")
  private int columns = 8;

  @Mixin
  private PictureOptions picture = new PictureOptions();

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    ImageOptions.Images images = imageOptions.open(model, console);
    try (Vae vae = model.open(engine, output)) {
      Batch batch = images.requireFor(vae).first(vae, count);
      HostTensor inputs = batch.x();
      HostTensor outputs = vae.inference().reconstruct(inputs, batch.conditions());
      int shown = inputs.shape().dimension(0);
      String what = String.format(
          Locale.ROOT, "%d images of %s over their reconstructions", shown, images.source());
      JsonResult result = TableOutput.to(picture.file(), model, vae)
          .map(table -> table.write(
              shown,
              (begin, end) -> new TableWriter.Rows(
                  outputs.rows(begin, end), TableOutput.rows(batch.conditions(), begin, end)),
              console,
              shown + " examples of " + images.source() + " as the model makes them again"))
          .orElseGet(
              () -> picture.write(ImageGrid.ofPairs(inputs, outputs, columns), console, what));
      console.result(result
          .put("data", images.source())
          .put("count", shown)
          .put("mean_squared_error", (Double)
              ReconstructionQuality.meanSquaredError(inputs, outputs))
          .put("backend", vae.backend().name()));
    }
    return 0;
  }
}
