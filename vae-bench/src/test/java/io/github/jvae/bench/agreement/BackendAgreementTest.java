package io.github.jvae.bench.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.ComponentConfig;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.ElementMoments;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.source.Shapes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The backends on the classpath")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BackendAgreementTest {
  private static final int STEPS = 100;
  private static final int BATCH = 32;

  private TrainedModels models;

  @BeforeAll
  void describe(@TempDir Path folder) {
    // A small σ or scale makes the loss so steep that the engines' roundings grow tenfold in ten
    // steps; from 1 they stay what they are.
    DataParts shapes = Shapes.generate(7, STEPS * BATCH, 200);
    ElementMoments pixels = ElementMoments.of(shapes.train(), Transforms.none());
    ComponentConfig levels = ComponentConfig.of("discretized-logistic");
    ComponentConfig glorot = ComponentConfig.of("mlp").with("hidden", new int[] {64, 32});
    models = new TrainedModels(
        shapes,
        BATCH,
        Transforms.none(),
        Map.of(
            "mlp, Bernoulli", builder -> builder.mlp(64).bernoulli(),
            "conv, Gaussian", builder -> builder.conv(8, 16).gaussian(1),
            "mlp, discretised logistic, first weights by Glorot, first bias from the data",
                builder -> builder
                    .architecture(glorot.with("init", "glorot").with("activation", "tanh"))
                    .likelihood(levels.with("scale", "shared").with("initial_scale", 1))
                    .outputBias(pixels)),
        folder);
  }

  @Test
  @DisplayName("are at least two, else there is nothing to compare; and all three on Linux, x86-64")
  void severalBackends() {
    List<String> found = names(Backends.available());
    assertThat(TrainedModels.BACKENDS).hasSizeGreaterThan(1);
    assertThat(found).contains("djl", "nd4j", "tensorflow");
    if (System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64")) {
      assertThat(names(TrainedModels.BACKENDS)).isEqualTo(found);
    }
  }

  private static List<String> names(List<BackendModule> backends) {
    return backends.stream().map(BackendModule::name).toList();
  }

  @TestFactory
  @DisplayName("have the same losses over 100 steps from the same seed")
  Stream<DynamicTest> losses(TestReporter reporter) {
    return models.sameLosses(reporter);
  }

  @TestFactory
  @DisplayName("load each other's models, with the same ELBO")
  Stream<DynamicTest> bounds(TestReporter reporter) {
    return models.sameBounds(reporter);
  }
}
