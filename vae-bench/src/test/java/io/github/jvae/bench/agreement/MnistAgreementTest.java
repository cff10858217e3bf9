package io.github.jvae.bench.agreement;

import io.github.jvae.ComponentConfig;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.source.DataSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Runs where the system property {@code vae.data} names a folder with MNIST. */
@DisplayName("On MNIST, the backends on the classpath")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MnistAgreementTest {
  private static final int STEPS = 100;
  private static final int BATCH = 128;
  private static final int TEST_IMAGES = 1_000;
  private static final ComponentConfig SMOOTH =
      ComponentConfig.of("conv").with("channels", new int[] {8, 16}).with("activation", "elu");

  private TrainedModels models;

  @BeforeAll
  void describe(@TempDir Path folder) {
    String data = System.getProperty("vae.data", "");
    Assumptions.assumeFalse(data.isEmpty(), "skipped: -Dvae.data=FOLDER names no data");
    DataParts mnist = DataSource.standard().dataFolder(Path.of(data)).offline().open("mnist");
    models = new TrainedModels(
        new DataParts(
            mnist.name(),
            mnist.train().limit(STEPS * BATCH),
            mnist.test().limit(TEST_IMAGES),
            mnist.origin()),
        BATCH,
        Transforms.of(Binarization.STOCHASTIC),
        Map.of(
            "mlp", builder -> builder.mlp(400).bernoulli(),
            // Smooth: at relu's kink, rounding alone has parted losses by 2e-4 on some processors.
            "conv", builder -> builder.architecture(SMOOTH).bernoulli()),
        folder);
  }

  @TestFactory
  @DisplayName("have the same losses over the first 100 steps from the same seed")
  Stream<DynamicTest> losses(TestReporter reporter) {
    return models.sameLosses(reporter);
  }

  @TestFactory
  @DisplayName("load each other's models, with the same ELBO")
  Stream<DynamicTest> bounds(TestReporter reporter) {
    return models.sameBounds(reporter);
  }
}
