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
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.sampler.LatentSampler;
import io.github.jvae.sampler.SamplerFolder;
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

  @Option(
      names = "--sampler",
      paramLabel = "TYPE",
      description = "Draw latent vectors with a sampler that 'vae fit' has fitted to the model:"
          + " mixture, real-nvp, maf or two-stage. Default: from the model's prior.")
  private @Nullable String sampler;

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
      HostTensor latents = latents(vae, told);
      HostTensor images = pixelNoise
          ? vae.inference().decodeWithPixelNoise(latents, seed, told)
          : vae.inference().decode(latents, told);
      ImageGrid grid = columns == null ? ImageGrid.of(images) : ImageGrid.of(images, columns);
      console.result(picture
          .write(grid, console, count + " samples")
          .put("count", count)
          .put("seed", seed)
          .put("sampler", sampler)
          .put("backend", vae.backend().name()));
    }
    return 0;
  }

  private HostTensor latents(Vae vae, Map<String, HostTensor> told) {
    if (sampler == null) {
      return vae.inference().sampleLatents(count, seed, told);
    }
    try (LatentSampler fitted = new SamplerFolder(model.folder())
        .open(sampler, vae.runtime().model().latent(), () -> engine.builder(output))) {
      return fitted.draw(count, seed);
    }
  }
}
