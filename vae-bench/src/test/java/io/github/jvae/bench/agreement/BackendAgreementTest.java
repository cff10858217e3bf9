package io.github.jvae.bench.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.Vae;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.ImageData;
import io.github.jvae.data.Shapes;
import io.github.jvae.train.StepReport;
import io.github.jvae.train.Trainer;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The backends on the classpath")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BackendAgreementTest {
  private static final int STEPS = 100;
  private static final int BATCH = 32;
  private static final ImageData DATA = Shapes.generate(7, STEPS * BATCH, 200);

  private static final List<BackendModule> BACKENDS = Backends.available().stream()
      .filter(backend -> backend.unavailable().isEmpty())
      .toList();

  // A Gaussian with a small σ makes the loss so steep that the engines' roundings grow tenfold in
  // ten steps; with σ = 1 they stay what they are.
  private static final Map<String, UnaryOperator<Vae.Builder>> MODELS = new LinkedHashMap<>(Map.of(
      "mlp, Bernoulli", builder -> builder.mlp(64).bernoulli(),
      "conv, Gaussian", builder -> builder.conv(8, 16).gaussian(1)));

  /** What a backend made of a model. */
  private record Trained(List<Double> losses, Path folder, double elbo) {}

  // Of the class and not of each test: all pairs share what was trained.
  @TempDir
  private static Path folder;

  private final Map<String, Trained> trained = new HashMap<>();

  private record Losses(List<Double> list) implements TrainingListener {
    @Override
    public void stepped(TrainingRun run, StepReport report) {
      list.add(report.loss());
    }
  }

  private static double elbo(Vae vae) {
    return vae.evaluate(DATA.test(), BATCH, Binarization.NONE, 5).elbo();
  }

  private Trained trained(BackendModule backend, String model) {
    return trained.computeIfAbsent(backend.name() + ", " + model, name -> {
      Vae.Builder builder =
          Vae.builder().backend(backend).input(3, 32, 32).latent(8).threads(1).seed(11);
      try (Vae vae = Objects.requireNonNull(MODELS.get(model)).apply(builder).build()) {
        Losses losses = new Losses(new ArrayList<>());
        TrainingOptions options =
            TrainingOptions.defaults().withEpochs(1).withBatchSize(BATCH).withSeed(11);
        Trainer trainer = vae.trainer(options).listener(losses);
        trainer.train(DATA.train(), null);
        Path saved = folder.resolve(name.replaceAll("\\W+", "-"));
        vae.save(saved);
        return new Trained(losses.list(), saved, elbo(vae));
      }
    });
  }

  private static Stream<DynamicTest> ofEachPair(PairTest test) {
    return MODELS.keySet().stream()
        .flatMap(model -> BACKENDS.stream()
            .flatMap(first -> BACKENDS.stream()
                .filter(second -> first != second)
                .map(second -> dynamicTest(
                    model + ", " + first.name() + " and " + second.name(),
                    () -> test.run(model, first, second)))));
  }

  private interface PairTest {
    void run(String model, BackendModule first, BackendModule second);
  }

  @Test
  @DisplayName("are at least two, else there is nothing to compare; and all three on Linux, x86-64")
  void severalBackends() {
    assertThat(BACKENDS).hasSizeGreaterThan(1);
    assertThat(Backends.available())
        .extracting(BackendModule::name)
        .contains("djl", "nd4j", "tensorflow");
    if (System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64")) {
      assertThat(BACKENDS).isEqualTo(Backends.available());
    }
  }

  @TestFactory
  @DisplayName("have the same losses over 100 steps from the same seed")
  Stream<DynamicTest> losses() {
    return ofEachPair((model, first, second) -> {
      List<Double> expected = trained(first, model).losses();
      List<Double> actual = trained(second, model).losses();
      assertThat(actual).hasSize(STEPS);
      for (int i = 0; i < STEPS; i++) {
        assertThat(actual.get(i))
            .as("loss of step %s", i + 1)
            .isCloseTo(expected.get(i), within(1e-4 * Math.abs(expected.get(i))));
      }
    });
  }

  @TestFactory
  @DisplayName("load each other's models, with the same ELBO")
  Stream<DynamicTest> models() {
    return ofEachPair((model, first, second) -> {
      Trained saved = trained(first, model);
      try (Vae loaded = Vae.load(saved.folder(), Vae.builder().backend(second).threads(1))) {
        assertThat(elbo(loaded)).isCloseTo(saved.elbo(), within(1e-5 * Math.abs(saved.elbo())));
      }
    });
  }
}
