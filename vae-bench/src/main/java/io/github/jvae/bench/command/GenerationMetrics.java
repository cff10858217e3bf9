package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SamplerOption;
import io.github.jvae.bench.training.TrainingRecord;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.evaluate.PriorDraws;
import io.github.jvae.generation.FeatureExtractor;
import io.github.jvae.generation.FrechetDistance;
import io.github.jvae.generation.ManifoldOverlap;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code vae evaluate} tells of the images that a model makes. */
final class GenerationMetrics {
  private static final int BATCH = 256;

  @Option(
      names = "--generation",
      paramLabel = "CLASSIFIER",
      description = "Compare images that the model makes with real ones, in the features of a"
          + " classifier, the --out of 'vae train --model classifier --condition label': their"
          + " Frechet distance (lower is better), precision and recall.")
  private @Nullable Path classifier;

  @Option(
      names = "--generated",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "2000",
      description = "How many images to make and to compare with as many real ones; distances of"
          + " other numbers do not compare. Default: ${DEFAULT-VALUE}, or all real ones there are.")
  private int most = 2000;

  @Mixin
  private SamplerOption sampler = new SamplerOption();

  /** Measures and tells, if it was asked for. */
  void tell(
      Vae vae,
      Path model,
      ImageOptions.Images images,
      EngineOptions engine,
      OutputOptions output,
      JsonResult result) {
    if (classifier == null) {
      if (sampler.type() != null) {
        throw output.usage("--sampler goes with --generation; name a classifier there");
      }
      return;
    }
    try (Vae features = Vae.load(classifier, engine.builder(output))) {
      tell(vae, model, images, features, classifier, engine, output, result);
    }
  }

  private void tell(
      Vae vae,
      Path model,
      ImageOptions.Images images,
      Vae features,
      Path folder,
      EngineOptions engine,
      OutputOptions output,
      JsonResult result) {
    FeatureExtractor extractor = new FeatureExtractor(features);
    if (!extractor.example().equals(vae.config().shape())) {
      throw new ConfigurationException("the classifier " + Quote.path(folder) + " takes images "
          + extractor.example() + ", but the model makes " + vae.config().shape()
          + "; train one on the model's data");
    }
    Examples data = images.data().limit(most);
    int count = data.size();
    HostTensor latents = latents(vae, model, count, images, engine, output);
    Transforms seen = TrainingRecord.in(
            new ModelFolder(folder), new ModelFolder(folder).loadConfig())
        .options()
        .transforms();
    int extent = features.runtime().model().latent();
    HostTensor real = HostTensor.zeros(Shape.of(count, extent));
    HostTensor made = HostTensor.zeros(Shape.of(count, extent));
    Batches batches = Batches.of(data, Math.min(BATCH, count))
        .withConditions(vae.runtime().conditions().keySet())
        .transformed(seen, Pass.test(images.seed()));
    int row = 0;
    for (Batch batch : batches) {
      HostTensor generated =
          vae.inference().decode(rows(latents, row, batch.size()), batch.conditions());
      put(extractor.of(batch.x()), real, row);
      put(extractor.of(generated), made, row);
      row += batch.size();
    }
    tell(real, made, output.console(), result);
  }

  private HostTensor latents(
      Vae vae,
      Path model,
      int count,
      ImageOptions.Images images,
      EngineOptions engine,
      OutputOptions output) {
    Map<String, HostTensor> told = Batches.of(images.data().limit(count), count)
        .withConditions(vae.runtime().conditions().keySet())
        .iterator()
        .next()
        .conditions();
    return sampler.draw(
        vae, model, PriorDraws.of(count, images.seed()).under(told), engine, output);
  }

  private void tell(HostTensor real, HostTensor made, Console console, JsonResult result) {
    int count = real.shape().dimension(0);
    double distance = FrechetDistance.between(real, made);
    ManifoldOverlap overlap = ManifoldOverlap.of(real, made, ManifoldOverlap.NEIGHBOURS);
    int half = count / 2;
    double halves = FrechetDistance.between(rows(real, 0, half), rows(real, half, half));
    console.say(
        "generation     Frechet distance %.3f of %d images, drawn %s, from as many real ones (%.3f"
            + " between halves of the real ones); precision %.3f, recall %.3f",
        distance,
        count,
        sampler.type() == null ? "from the prior" : "by the sampler " + sampler.type(),
        halves,
        overlap.precision(),
        overlap.recall());
    result
        .put("generated", count)
        .put("sampler", sampler.type())
        .put("frechet_distance", (Double) distance)
        .put("frechet_distance_of_real_halves", (Double) halves)
        .put("precision", (Double) overlap.precision())
        .put("recall", (Double) overlap.recall());
  }

  private static HostTensor rows(HostTensor tensor, int begin, int count) {
    int extent = tensor.shape().dimension(1);
    return HostTensor.of(
        Shape.of(count, extent),
        Arrays.copyOfRange(tensor.data(), begin * extent, (begin + count) * extent));
  }

  private static void put(HostTensor rows, HostTensor all, int row) {
    int extent = all.shape().dimension(1);
    System.arraycopy(rows.data(), 0, all.data(), row * extent, rows.data().length);
  }
}
