package io.github.jvae.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.DensityModel;
import io.github.jvae.plugin.Kind;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A sampler fitted to a model")
class SamplerFolderTest {
  private static final int EXTENT = 3;
  private static final int COUNT = 400;

  @TempDir
  private Path folder;

  private static Vae.Builder engine() {
    return Vae.builder().backend(new ReferenceModule());
  }

  /** Two clusters far from the origin, so that their latent vectors are too. */
  private static Examples clusters(String seed, int count) {
    float[] values = new float[count * EXTENT];
    RandomStream.of(1).child(seed).fillGaussian(values);
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < EXTENT; d++) {
        values[i * EXTENT + d] = 0.3f * values[i * EXTENT + d] + (i % 2 == 0 ? 6 : -6);
      }
    }
    return ArrayExamples.floats("clusters", Shape.of(EXTENT), values);
  }

  private Vae model() {
    Vae vae = engine().example(EXTENT).latent(2).mlp(4).gaussian(0.5).build();
    // Untrained: the posteriors are wide then, which suits the test as little as it matters.
    vae.save(folder);
    return vae;
  }

  private FittedSampler fit(Vae vae, SamplerOptions options) {
    return new SamplerFolder(folder)
        .fit(
            vae,
            options,
            clusters("train", COUNT),
            clusters("test", COUNT / 2),
            Transforms.none(),
            SamplerFolderTest::engine,
            new TrainingListener() {});
  }

  @ParameterizedTest
  @ValueSource(strings = {SamplerOptions.MIXTURE, SamplerOptions.TWO_STAGE})
  @DisplayName("gives held-out latent vectors a better likelihood than N(0, I), and draws the same"
      + " after it was opened from the folder")
  void fitted(String type) {
    try (Vae vae = model()) {
      FittedSampler result = fit(
          vae, SamplerOptions.of(type).withComponents(2).withEpochs(200).withHidden(List.of(16)));
      assertThat(result.logLikelihood()).isGreaterThan(result.standardNormal());
      assertThat(result.farDraws()).isLessThan(0.02);
      SamplerFolder samplers = new SamplerFolder(folder);
      assertThat(samplers.fitted()).containsExactly(type);
      try (LatentSampler one = samplers.open(type, 2, SamplerFolderTest::engine);
          LatentSampler other = samplers.open(type, 2, SamplerFolderTest::engine)) {
        assertThat(one.draw(5, 3)).isEqualTo(other.draw(5, 3)).isNotEqualTo(one.draw(5, 4));
        assertThat(one.draw(5, 3).shape()).isEqualTo(Shape.of(5, 2));
      }
    }
  }

  /** Vectors about a curve in 20 dimensions, so that all but the first follow from those before. */
  private static Examples curve(String seed, int count) {
    int dimensions = 20;
    float[] values = new float[count * dimensions];
    RandomStream random = RandomStream.of(1).child(seed);
    random.fillGaussian(values);
    for (int i = 0; i < count; i++) {
      double place = 6 * random.nextDouble() - 3;
      for (int d = 0; d < dimensions; d++) {
        int at = i * dimensions + d;
        values[at] = (float) (0.1 * values[at] + Math.sin((1 + d % 4) * place + d));
      }
    }
    return ArrayExamples.floats("curve", Shape.of(dimensions), values);
  }

  @Test
  @DisplayName("that is a masked autoregressive flow draws within the range of the latent vectors")
  void autoregressive() {
    VaeConfig itself = VaeConfig.defaults()
        .withInput(List.of(20))
        .withLatent(20)
        .with(Kind.MODEL, ComponentConfig.of(DensityModel.NAME));
    try (Vae vae = engine().config(itself).build()) {
      vae.save(folder);
      FittedSampler result = new SamplerFolder(folder)
          .fit(
              vae,
              SamplerOptions.of(SamplerOptions.MAF).withEpochs(30),
              curve("train", 1000),
              curve("test", 300),
              Transforms.none(),
              SamplerFolderTest::engine,
              new TrainingListener() {});
      assertThat(result.logLikelihood()).isGreaterThan(result.standardNormal() + 10);
      // Of a flow whose networks are not bounded, some hundredths lie far outside.
      assertThat(result.farDraws()).isLessThan(0.01);
    }
  }

  @Test
  @DisplayName("that is a mixture has the moments of the latent vectors")
  void moments() {
    try (Vae vae = model()) {
      fit(vae, SamplerOptions.of(SamplerOptions.MIXTURE).withComponents(2));
      Examples codes = LatentCodes.of(vae, clusters("train", COUNT), Transforms.none(), 1);
      int draws = 20_000;
      try (LatentSampler sampler =
          new SamplerFolder(folder).open(SamplerOptions.MIXTURE, 2, SamplerFolderTest::engine)) {
        HostTensor drawn = sampler.draw(draws, 1);
        for (int d = 0; d < 2; d++) {
          double[] wanted = moments(codes, d);
          double[] made = moments(ArrayExamples.floats("drawn", Shape.of(2), drawn.data()), d);
          // Expectation maximisation keeps the mean and the covariance of the data, exactly.
          assertThat(made[0]).isCloseTo(wanted[0], within(4 * Math.sqrt(wanted[1] / draws)));
          assertThat(made[1]).isCloseTo(wanted[1], within(0.05 * wanted[1]));
        }
      }
    }
  }

  private static double[] moments(Examples examples, int dimension) {
    float[] row = new float[examples.shape().size()];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < examples.size(); i++) {
      examples.read(i, row, 0);
      sum += row[dimension];
      squares += (double) row[dimension] * row[dimension];
    }
    double mean = sum / examples.size();
    return new double[] {mean, squares / examples.size() - mean * mean};
  }

  /** Draws zeros, and at each fourth place a number. */
  private record Every4th(float number) implements LatentSampler {
    @Override
    public HostTensor draw(int count, long seed) {
      HostTensor drawn = HostTensor.zeros(Shape.of(count, 2));
      for (int i = 0; i < count; i += 4) {
        drawn.data()[2 * i + 1] = number;
      }
      return drawn;
    }

    @Override
    public double logLikelihood(Examples latents) {
      return 0;
    }

    @Override
    public void save(Path where) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  @Test
  @DisplayName("is asked how many of its draws lie far outside of what it was fitted to")
  void farDraws() {
    Examples codes = ArrayExamples.floats("codes", Shape.of(2), new float[] {9, -1, 0, 0.5f});
    assertThat(SamplerFolder.farDraws(new Every4th(-2.1f), codes, 1)).isEqualTo(0.25);
    assertThat(SamplerFolder.farDraws(new Every4th(Float.NaN), codes, 1)).isEqualTo(0.25);
    assertThat(SamplerFolder.farDraws(new Every4th(1.9f), codes, 1)).isZero();
  }

  @Test
  @DisplayName("that was not fitted is told, and which were")
  void missing() {
    SamplerFolder samplers = new SamplerFolder(folder);
    assertThatThrownBy(() -> samplers.open("maf", 2, SamplerFolderTest::engine))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no sampler 'maf' was fitted")
        .hasMessageContaining("vae fit");
    try (Vae vae = model()) {
      fit(vae, SamplerOptions.of(SamplerOptions.MIXTURE).withComponents(1));
    }
    assertThatThrownBy(() -> samplers.open("maf", 2, SamplerFolderTest::engine))
        .hasMessageContaining(", but mixture;");
  }

  @Test
  @DisplayName("does not draw for other weights")
  void stale() {
    try (Vae vae = model()) {
      fit(vae, SamplerOptions.of(SamplerOptions.MIXTURE).withComponents(1));
    }
    try (Vae other =
        engine().example(EXTENT).latent(2).mlp(4).gaussian(0.5).seed(9).build()) {
      other.save(folder);
    }
    assertThatThrownBy(() ->
            new SamplerFolder(folder).open(SamplerOptions.MIXTURE, 2, SamplerFolderTest::engine))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("was fitted to other weights");
  }

  @Test
  @DisplayName("needs more examples than a mixture has numbers, options in range, and a model"
      + " without conditions")
  void refused() {
    try (Vae vae = model()) {
      assertThatThrownBy(
              () -> fit(vae, SamplerOptions.of(SamplerOptions.MIXTURE).withComponents(COUNT)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("needs at least 1200 examples, but there are 400");
    }
    assertThatThrownBy(() -> SamplerOptions.of("nice"))
        .hasMessageContaining("there is no sampler 'nice', but");
    assertThatThrownBy(() -> SamplerOptions.of("maf").withEpochs(0).withSeed(1))
        .hasMessageContaining("epochs must be at least 1, not 0");
    try (Vae vae =
        engine().example(EXTENT).condition("label", 2).latent(2).mlp(4).build()) {
      assertThatThrownBy(() -> fit(vae, SamplerOptions.of(SamplerOptions.MIXTURE)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("models without conditions, but this one is told label");
    }
  }
}
