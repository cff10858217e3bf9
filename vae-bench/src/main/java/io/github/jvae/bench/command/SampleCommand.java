package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.bench.option.BoundedInteger;
import io.github.jvae.bench.option.ConditionValues;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PictureOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SamplerOption;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.tensor.HostTensor;
import java.util.Map;
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
    description = {"Draws images from a model and shows them in a grid.", ""})
public final class SampleCommand implements Callable<Integer> {
  /** How many images there may be: as many as a picture can hold. */
  static final class ImageCount extends BoundedInteger {
    ImageCount() {
      super(1, 10_000);
    }
  }

  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = ImageCount.class,
      defaultValue = "64",
      description = "How many images, at most 10000. Default: ${DEFAULT-VALUE}.")
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
    try (Vae vae = model.open(engine, output)) {
      Map<String, HostTensor> told = conditions.of(vae, count);
      HostTensor latents = sampler.draw(vae, model.folder(), count, seed, told, engine, output);
      HostTensor images = pixelNoise
          ? vae.inference().decodeWithPixelNoise(latents, seed, told)
          : vae.inference().decode(latents, told);
      ImageGrid grid = columns == null ? ImageGrid.of(images) : ImageGrid.of(images, columns);
      console.result(picture
          .write(grid, console, count + " samples")
          .put("count", count)
          .put("seed", seed)
          .put("sampler", sampler.type())
          .put("backend", vae.backend().name()));
    }
    return 0;
  }
}
