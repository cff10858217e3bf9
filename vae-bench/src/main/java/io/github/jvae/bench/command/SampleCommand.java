package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.bench.option.BoundedInteger;
import io.github.jvae.bench.option.ConditionValues;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PictureOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SamplerOption;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.bench.option.TableOutput;
import io.github.jvae.data.table.TableWriter;
import io.github.jvae.tensor.HostTensor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae sample}. */
@Command(
    name = "sample",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Draws images from a model and shows them in a grid, or rows of a table, in the columns, types"
          + " and categories of the one it was trained on. Of images, series and vectors a file that"
          + " ends in .npy has the numbers, in the units of the data.",
      ""
    })
public final class SampleCommand implements Callable<Integer> {
  /** How many images a picture can hold. */
  private static final int MOST_IMAGES = 10_000;

  /** Parts the noise of a block of rows from that of the one before, whatever the seed is. */
  private static final long BLOCK_SEED = 0x9E3779B97F4A7C15L;

  /** How many examples there may be. */
  static final class ExampleCount extends BoundedInteger {
    ExampleCount() {
      super(1, 10_000_000);
    }
  }

  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = ExampleCount.class,
      defaultValue = "64",
      description = "How many images, at most 10000, or rows. Default: ${DEFAULT-VALUE}.")
  private int count = 64;

  @Option(
      names = "--columns",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Images in a row of the grid. Default: as many as make it square.")
  private @Nullable Integer columns;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all that is random. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--pixel-noise",
      description = "Draw the pixels too, instead of showing their expected values.")
  private boolean pixelNoise;

  @Mixin
  private SamplerOption sampler = new SamplerOption();

  @Mixin
  private ConditionValues conditions = new ConditionValues();

  @Mixin
  private PictureOptions picture = new PictureOptions();

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    if (count > MOST_IMAGES && !TableOutput.isNumbers(picture.file())) {
      throw output.usage("--count must be a whole number from 1 to " + MOST_IMAGES
          + " for a picture, not '" + count + "'");
    }
    try (Vae vae = model.open(engine, output)) {
      Optional<TableOutput> table = TableOutput.to(picture.file(), model, vae);
      Map<String, HostTensor> told = conditions.of(vae, count);
      HostTensor latents = sampler.draw(vae, model.folder(), count, seed, told, engine, output);
      JsonResult result = table.isPresent()
          ? table
              .get()
              .write(
                  count,
                  (begin, end) -> rows(vae, latents, told, begin, end),
                  console,
                  count + (vae.config().columns().isPresent() ? " rows" : " samples"))
          : picture.write(grid(vae, latents, told), console, count + " samples");
      console.result(result
          .put("count", count)
          .put("seed", seed)
          .put("sampler", sampler.type())
          .put("backend", vae.backend().name()));
    }
    return 0;
  }

  private ImageGrid grid(Vae vae, HostTensor latents, Map<String, HostTensor> told) {
    HostTensor images = pixelNoise
        ? vae.inference().decodeWithPixelNoise(latents, seed, told)
        : vae.inference().decode(latents, told);
    return columns == null ? ImageGrid.of(images) : ImageGrid.of(images, columns);
  }

  /**
   * Draws rows, as the expected value of a row is none; of other examples it is, if not asked for.
   */
  private TableWriter.Rows rows(
      Vae vae, HostTensor latents, Map<String, HostTensor> told, int begin, int end) {
    Map<String, HostTensor> known = TableOutput.rows(told, begin, end);
    HostTensor some = latents.rows(begin, end);
    HostTensor x = pixelNoise || vae.config().columns().isPresent()
        ? vae.inference().decodeWithPixelNoise(some, seed + begin * BLOCK_SEED, known)
        : vae.inference().decode(some, known);
    return new TableWriter.Rows(x, known);
  }
}
