package io.github.jvae.bench.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.jvae.Vae;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.ImageData;
import io.github.jvae.data.Shapes;
import io.github.jvae.train.StepReport;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Two engines")
final class EnginesAgreeTest {
  private static final ImageData DATA = Shapes.generate(5, 640, 64);

  static Stream<Arguments> pairs() {
    List<String> names = Backends.available().stream()
        .filter(module -> module.unavailable().isEmpty())
        .map(BackendModule::name)
        .toList();
    Assumptions.assumeTrue(names.size() > 1, "only one engine is on the classpath: " + names);
    return names.stream()
        .flatMap(first -> names.stream()
            .filter(second -> first.compareTo(second) < 0)
            .map(second -> Arguments.of(first, second)));
  }

  private static Vae.Builder engine(String name) {
    return Vae.builder().backend(name).threads(1);
  }

  // A Bernoulli loss stays far from 0, where a relative difference would say nothing.
  private static Vae.Builder model(String engine) {
    return engine(engine).input(3, 32, 32).conv(8, 16).latent(8).bernoulli();
  }

  @ParameterizedTest(name = "{0} and {1}")
  @MethodSource("pairs")
  @DisplayName("have the same losses for 100 steps, to a ten thousandth")
  void sameLosses(String first, String second) {
    List<Double> expected = losses(first);
    List<Double> actual = losses(second);
    assertThat(expected).hasSize(100);
    for (int step = 0; step < expected.size(); step++) {
      assertThat(actual.get(step))
          .as("loss of step %d", step + 1)
          .isCloseTo(expected.get(step), withinPercentage(0.01));
    }
  }

  private static List<Double> losses(String engine) {
    List<Double> losses = new ArrayList<>();
    try (Vae vae = model(engine).build()) {
      vae.trainer(TrainingOptions.defaults().withEpochs(5).withBatchSize(32))
          .listener(new TrainingListener() {
            @Override
            public void stepped(TrainingRun run, StepReport report) {
              losses.add(report.loss());
            }
          })
          .train(DATA.train(), null);
    }
    return losses;
  }

  @ParameterizedTest(name = "{0} and {1}")
  @MethodSource("pairs")
  @DisplayName("open each other's models and find the same ELBO, to a hundred thousandth")
  void exchangeModels(String first, String second, @TempDir Path directory) {
    exchange(first, second, directory.resolve("there"));
    exchange(second, first, directory.resolve("back"));
  }

  private static void exchange(String from, String to, Path folder) {
    double expected;
    try (Vae vae = model(from).build()) {
      vae.train(DATA, TrainingOptions.defaults().withEpochs(1).withBatchSize(32));
      vae.save(folder);
      expected = vae.evaluate(DATA.test(), 32, Binarization.NONE, 1).elbo();
    }
    try (Vae vae = Vae.load(folder, engine(to))) {
      assertThat(vae.evaluate(DATA.test(), 32, Binarization.NONE, 1).elbo())
          .isCloseTo(expected, withinPercentage(1e-3));
    }
  }
}
