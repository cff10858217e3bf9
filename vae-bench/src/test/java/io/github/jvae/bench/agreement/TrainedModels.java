package io.github.jvae.bench.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.Vae;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Transforms;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.StepReport;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestReporter;

/**
 * Models trained for an epoch from the same seed, on each backend of the classpath that runs here,
 * once for all comparisons.
 *
 * @param data what they are trained on and judged by
 * @param batch images of a step
 * @param models what distinguishes each model, by a name for it
 * @param folder where they are saved
 * @param made what was trained so far
 */
record TrainedModels(
    DataParts data,
    int batch,
    Transforms transforms,
    Map<String, UnaryOperator<Vae.Builder>> models,
    Path folder,
    Map<String, Trained> made) {
  static final List<BackendModule> BACKENDS = Backends.available().stream()
      .filter(backend -> backend.unavailable().isEmpty())
      .toList();

  /** What the losses of two backends may differ by, relative to their size. */
  private static final double LOSS = 1e-4;

  /** What the bounds of one model on two backends may differ by, relative to their size. */
  private static final double BOUND = 1e-5;

  private static final long SEED = 11;

  TrainedModels(
      DataParts data,
      int batch,
      Transforms transforms,
      Map<String, UnaryOperator<Vae.Builder>> models,
      Path folder) {
    this(data, batch, transforms, models, folder, new HashMap<>());
  }

  /** What a backend made of a model. */
  private record Trained(List<Double> losses, Path folder, double elbo) {}

  private record Losses(List<Double> list) implements TrainingListener {
    @Override
    public void stepped(TrainingRun run, StepReport report) {
      list.add(report.loss());
    }
  }

  private Trained trained(BackendModule backend, String model) {
    return made.computeIfAbsent(backend.name() + ", " + model, name -> {
      Shape image = data.shape();
      Vae.Builder builder = Vae.builder()
          .backend(backend)
          .input(image.dimension(0), image.dimension(1), image.dimension(2))
          .latent(8)
          .threads(1)
          .seed(SEED);
      try (Vae vae = Objects.requireNonNull(models.get(model)).apply(builder).build()) {
        Losses losses = new Losses(new ArrayList<>());
        TrainingOptions options = TrainingOptions.defaults()
            .withEpochs(1)
            .withBatchSize(batch)
            .withTransforms(transforms)
            .withSeed(SEED);
        vae.trainer(options).listener(losses).train(data.train(), null);
        Path saved = folder.resolve(name.replaceAll("\\W+", "-"));
        vae.save(saved);
        return new Trained(losses.list(), saved, elbo(vae));
      }
    });
  }

  private double elbo(Vae vae) {
    return vae.evaluate(data.test(), batch, transforms, SEED).elbo();
  }

  private interface Comparison {
    /** The greatest relative difference. */
    double of(String model, BackendModule first, BackendModule second);
  }

  private Stream<DynamicTest> compare(
      TestReporter reporter, double tolerance, Comparison comparison) {
    return models.keySet().stream()
        .flatMap(model -> BACKENDS.stream()
            .flatMap(first -> BACKENDS.stream()
                .filter(second -> first != second)
                .map(second -> {
                  String name = model + ", " + first.name() + " and " + second.name();
                  return dynamicTest(name, () -> {
                    double difference = comparison.of(model, first, second);
                    reporter.publishEntry(name, "greatest relative difference " + difference);
                    assertThat(difference).isLessThanOrEqualTo(tolerance);
                  });
                })));
  }

  private static double difference(double actual, double expected) {
    return Math.abs(actual - expected) / Math.abs(expected);
  }

  /** Each two backends have the same losses, step by step. */
  Stream<DynamicTest> sameLosses(TestReporter reporter) {
    return compare(reporter, LOSS, (model, first, second) -> {
      List<Double> expected = trained(first, model).losses();
      List<Double> actual = trained(second, model).losses();
      assertThat(actual).hasSize(data.train().size() / batch).hasSameSizeAs(expected);
      return IntStream.range(0, actual.size())
          .mapToDouble(i -> difference(actual.get(i), expected.get(i)))
          .max()
          .orElseThrow();
    });
  }

  /** What one backend has saved has the same bound on another. */
  Stream<DynamicTest> sameBounds(TestReporter reporter) {
    return compare(reporter, BOUND, (model, first, second) -> {
      Trained saved = trained(first, model);
      try (Vae loaded = Vae.load(saved.folder(), Vae.builder().backend(second).threads(1))) {
        return difference(elbo(loaded), saved.elbo());
      }
    });
  }
}
