package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.chart.NumberText;
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
import io.github.jvae.error.DataException;
import io.github.jvae.evaluate.PriorDraws;
import io.github.jvae.generation.DensityCoverage;
import io.github.jvae.generation.FeatureExtractor;
import io.github.jvae.generation.FrechetDistance;
import io.github.jvae.generation.KernelDistance;
import io.github.jvae.generation.ManifoldOverlap;
import io.github.jvae.internal.Quote;
import io.github.jvae.plugin.Kind;
import io.github.jvae.tensor.HostTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code vae evaluate} tells of the examples that a model makes. */
final class GenerationMetrics {
  private static final int BATCH = 256;

  /** The objective that trains no prior. */
  private static final String WITHOUT_PRIOR = "rae";

  /** The features that are the examples themselves; a classifier's folder of that name is ./it. */
  private static final String ELEMENTS = "elements";

  @Option(
      names = "--generation",
      paramLabel = "FEATURES",
      description = "Compare examples that the model makes with real ones: their Frechet and kernel"
          + " distances (lower is better), precision and recall, density and coverage. FEATURES are"
          + " what a classifier finds in them, the --out of 'vae train --model classifier"
          + " --condition label'; what a network in a FILE.onnx makes of them; or elements, their own"
          + " numbers.")
  private @Nullable String features;

  @Option(
      names = "--features-output",
      paramLabel = "NAME",
      description = "With --generation FILE.onnx: the output that is the features. Default: the"
          + " only one.")
  private @Nullable String featuresOutput;

  @Option(
      names = "--neighbors",
      paramLabel = "K",
      converter = PositiveInteger.class,
      description = "With --generation: the neighbour that a vector's surroundings reach to."
          + " Default: 3 for precision and recall, 5 for density and coverage.")
  private @Nullable Integer neighbours;

  @Option(
      names = "--generated",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "2000",
      description = "How many examples to make and to compare with as many real ones; distances of"
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
    String asked = features;
    if (asked == null) {
      return;
    }
    noteUntrainedPrior(vae, output.console());
    if (isNetwork(asked)) {
      try (FeatureExtractor extractor = network(Path.of(asked), vae, engine, output)) {
        tell(vae, model, images, extractor, engine, output, result);
      }
      return;
    }
    if (asked.equals(ELEMENTS)) {
      tell(vae, model, images, FeatureExtractor.elements(), engine, output, result);
      return;
    }
    Path folder = Path.of(asked);
    try (Vae classifier = Vae.load(folder, engine.builder(output))) {
      FeatureExtractor extractor =
          FeatureExtractor.classifier(classifier, vae.config().shape());
      Transforms seen = TrainingRecord.in(
              new ModelFolder(folder), new ModelFolder(folder).loadConfig())
          .options()
          .transforms();
      tell(vae, model, images.with(seen), extractor, engine, output, result);
    }
  }

  /** @throws picocli.CommandLine.ParameterException if options do not go together */
  void requireOptions(OutputOptions output) {
    if (features != null) {
      if (featuresOutput != null && !isNetwork(features)) {
        throw output.usage("--features-output goes with a network, --generation FILE.onnx");
      }
      return;
    }
    if (sampler.type() != null) {
      throw output.usage("--sampler goes with --generation; name a classifier there");
    }
    for (String option : List.of("--features-output", "--neighbors", "--generated")) {
      if (output.isGiven(option)) {
        throw output.usage(option + " goes with --generation; say there what is compared");
      }
    }
  }

  /** No loss of a regularised autoencoder knows of the prior. */
  private void noteUntrainedPrior(Vae vae, Console console) {
    String objective = vae.config().component(Kind.OBJECTIVE).type();
    if (sampler.type() == null && objective.equals(WITHOUT_PRIOR)) {
      console.note("the objective " + objective + " trains no prior to draw from; fit a sampler"
          + " with 'vae fit' and name it with --sampler");
    }
  }

  private static boolean isNetwork(String features) {
    return features.toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  private FeatureExtractor network(Path file, Vae vae, EngineOptions engine, OutputOptions output) {
    Integer threads = engine.threads();
    return FeatureExtractor.onnx(
        file,
        Optional.ofNullable(featuresOutput),
        vae.config().shape(),
        () -> engine.builder(output).engine(),
        threads == null ? 0 : threads);
  }

  private void tell(
      Vae vae,
      Path model,
      ImageOptions.Images images,
      FeatureExtractor extractor,
      EngineOptions engine,
      OutputOptions output,
      JsonResult result) {
    Examples data = images.data().limit(most);
    requireEnough(data, images);
    int count = data.size();
    HostTensor latents = latents(vae, model, count, images, engine, output);
    List<HostTensor> real = new ArrayList<>();
    List<HostTensor> made = new ArrayList<>();
    Batches batches = Batches.of(data, Math.min(BATCH, count))
        .withConditions(vae.runtime().conditions().keySet())
        .transformed(images.transforms(), Pass.test(images.seed()));
    int row = 0;
    for (Batch batch : batches) {
      HostTensor generated =
          vae.inference().decode(latents.rows(row, row + batch.size()), batch.conditions());
      real.add(extractor.of(batch.x()));
      made.add(extractor.of(generated));
      row += batch.size();
    }
    tell(HostTensor.joined(real), HostTensor.joined(made), images.seed(), output.console(), result);
  }

  private int neighbours(int usual) {
    return neighbours == null ? usual : neighbours;
  }

  private void requireEnough(Examples data, ImageOptions.Images images) {
    int most =
        Math.max(neighbours(ManifoldOverlap.NEIGHBOURS), neighbours(DensityCoverage.NEIGHBOURS));
    // Halves of the real ones are compared as well, which takes two in each.
    int least = Math.max(4, most + 1);
    if (data.size() < least) {
      throw new DataException("--generation needs at least " + least + " examples for "
          + most + " nearest neighbours, and " + images.words() + " gives " + data.size()
          + "; give more, or ask for fewer with --neighbors");
    }
  }

  private HostTensor latents(
      Vae vae,
      Path model,
      int count,
      ImageOptions.Images images,
      EngineOptions engine,
      OutputOptions output) {
    Map<String, HostTensor> told = images.conditionsOfFirst(vae, count);
    return sampler.draw(
        vae, model, PriorDraws.of(count, images.seed()).under(told), engine, output);
  }

  private void tell(
      HostTensor real, HostTensor made, long seed, Console console, JsonResult result) {
    int count = real.shape().dimension(0);
    double distance = FrechetDistance.between(real, made);
    int half = count / 2;
    double halves = FrechetDistance.between(real.rows(0, half), real.rows(half, 2 * half));
    console.say(
        "generation     Frechet distance %.3f of %d examples, drawn %s, from as many real ones (%.3f"
            + " between halves of the real ones), by %s",
        distance,
        count,
        sampler.type() == null ? "from the prior" : "by the sampler " + sampler.type(),
        halves,
        words(real.shape().dimension(1)));
    result
        .put("generated", count)
        .put("sampler", sampler.type())
        .put("features", real.shape().dimension(1))
        .put("frechet_distance", (Double) distance)
        .put("frechet_distance_of_real_halves", (Double) halves);
    kernel(real, made, seed, console, result);
    neighbourhoods(real, made, console, result);
  }

  private String words(int count) {
    String asked = features == null ? "" : features;
    return asked.equals(ELEMENTS)
        ? "their own " + count + " numbers"
        : count + " features of " + Quote.of(asked);
  }

  private static void kernel(
      HostTensor real, HostTensor made, long seed, Console console, JsonResult result) {
    KernelDistance all = KernelDistance.of(real, made);
    int size = Math.min(KernelDistance.SUBSET_SIZE, Math.max(2, real.shape().dimension(0) / 2));
    KernelDistance some =
        KernelDistance.overSubsets(real, made, KernelDistance.SUBSETS, size, seed);
    double deviation = some.standardError() * Math.sqrt(KernelDistance.SUBSETS);
    console.say(
        "               kernel distance %s (standard error %s); %d subsets of %d have a mean of %s"
            + " and a standard deviation of %s",
        NumberText.plain(all.value(), 4),
        NumberText.plain(all.standardError(), 2),
        KernelDistance.SUBSETS,
        size,
        NumberText.plain(some.value(), 4),
        NumberText.plain(deviation, 2));
    result
        .put("kernel_distance", (Double) all.value())
        .put("kernel_distance_standard_error", (Double) all.standardError())
        .put("kernel_distance_subsets", KernelDistance.SUBSETS)
        .put("kernel_distance_subset_size", size)
        .put("kernel_distance_subset_mean", (Double) some.value())
        .put("kernel_distance_subset_deviation", (Double) deviation);
  }

  private void neighbourhoods(
      HostTensor real, HostTensor made, Console console, JsonResult result) {
    int count = real.shape().dimension(0);
    int few = neighbours(ManifoldOverlap.NEIGHBOURS);
    int more = neighbours(DensityCoverage.NEIGHBOURS);
    ManifoldOverlap overlap = ManifoldOverlap.of(real, made, few);
    DensityCoverage coverage = DensityCoverage.of(real, made, more);
    double expected = DensityCoverage.expectedCoverage(count, count, more);
    console.say(
        "               precision %.3f, recall %.3f by %d nearest neighbours; density %.3f, coverage"
            + " %.3f by %d (of the real distribution, 1 and %.3f are expected)",
        overlap.precision(),
        overlap.recall(),
        few,
        coverage.density(),
        coverage.coverage(),
        more,
        expected);
    result
        .put("precision", (Double) overlap.precision())
        .put("recall", (Double) overlap.recall())
        .put("manifold_neighbors", few)
        .put("density", (Double) coverage.density())
        .put("coverage", (Double) coverage.coverage())
        .put("coverage_neighbors", more)
        .put("coverage_expected", (Double) expected);
  }
}
