package io.github.jvae.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.Covariates;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Labels;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.PriorDraws;
import io.github.jvae.model.DensityModel;
import io.github.jvae.plugin.Kind;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
      try (LatentSampler one = samplers.open(type, vae, SamplerFolderTest::engine);
          LatentSampler other = samplers.open(type, vae, SamplerFolderTest::engine)) {
        assertThat(one.draw(5, 3, Map.of()))
            .isEqualTo(other.draw(5, 3, Map.of()))
            .isNotEqualTo(one.draw(5, 4, Map.of()));
        assertThat(one.draw(5, 3, Map.of()).shape()).isEqualTo(Shape.of(5, 2));
      }
    }
  }

  @Test
  @DisplayName("of a hierarchy is fitted to the group that is drawn first, and the model draws on")
  void hierarchy() {
    try (Vae vae = engine()
        .example(EXTENT)
        .latent(2)
        .mlp(4)
        .gaussian(0.5)
        .component(Kind.MODEL, ComponentConfig.of("hvae").with("hidden", new int[] {3}))
        .build()) {
      vae.save(folder);
      FittedSampler result = fit(vae, SamplerOptions.of(SamplerOptions.MIXTURE).withComponents(2));
      assertThat(result.group()).contains("z2");
      assertThat(result.logLikelihood()).isGreaterThan(result.standardNormal());
      try (LatentSampler sampler =
          new SamplerFolder(folder).open(SamplerOptions.MIXTURE, vae, SamplerFolderTest::engine)) {
        HostTensor drawn = sampler.draw(5, 3, Map.of());
        assertThat(drawn.shape()).isEqualTo(Shape.of(5, 4));
        assertThat(vae.inference()
                .sampleLatents(PriorDraws.of(5, 3).fixing(List.of("z2")).like(drawn)))
            .isEqualTo(drawn);
        assertThat(drawn).isNotEqualTo(vae.inference().sampleLatents(5, 3));
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
    try (Vae vae = engine().config(itself(20, Map.of())).build()) {
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
      Examples codes = LatentCodes.of(vae, clusters("train", COUNT), 2, Transforms.none(), 1);
      int draws = 20_000;
      try (LatentSampler sampler =
          new SamplerFolder(folder).open(SamplerOptions.MIXTURE, vae, SamplerFolderTest::engine)) {
        HostTensor drawn = sampler.draw(draws, 1, Map.of());
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
    public HostTensor draw(int count, long seed, Map<String, HostTensor> conditions) {
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
    try (Vae vae = model()) {
      assertThatThrownBy(() -> samplers.open("maf", vae, SamplerFolderTest::engine))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("no sampler 'maf' was fitted")
          .hasMessageContaining("vae fit");
      fit(vae, SamplerOptions.of(SamplerOptions.MIXTURE).withComponents(1));
      assertThatThrownBy(() -> samplers.open("maf", vae, SamplerFolderTest::engine))
          .hasMessageContaining(", but mixture;");
    }
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
      assertThatThrownBy(() -> new SamplerFolder(folder)
              .open(SamplerOptions.MIXTURE, other, SamplerFolderTest::engine))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("was fitted to other weights");
    }
  }

  @Test
  @DisplayName("needs more examples than a mixture has numbers and options in range")
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
  }

  /** A model whose latent vectors are the examples themselves, told of what it is named. */
  private static VaeConfig itself(int extent, Map<String, List<Integer>> told) {
    return VaeConfig.defaults()
        .withInput(List.of(extent))
        .withLatent(extent)
        .withConditions(told)
        .with(Kind.MODEL, ComponentConfig.of(DensityModel.NAME));
  }

  /** Clusters of three classes, of which the last has no example, at 2 and at -2. */
  private static Examples classes(String seed, int count) {
    float[] values = new float[count * EXTENT];
    int[] labels = new int[count];
    RandomStream.of(1).child(seed).fillGaussian(values);
    for (int i = 0; i < values.length; i++) {
      labels[i / EXTENT] = i / EXTENT % 2;
      values[i] = 0.3f * values[i] + (labels[i / EXTENT] == 0 ? 2 : -2);
    }
    return ArrayExamples.floats("classes", Shape.of(EXTENT), values)
        .with(Labels.of(Labels.NAME, labels, 3));
  }

  private static FittedSampler fitToClasses(Path folder, Vae vae, SamplerOptions options) {
    return new SamplerFolder(folder)
        .fit(
            vae,
            options,
            classes("train", COUNT),
            classes("test", 50),
            Transforms.none(),
            SamplerFolderTest::engine,
            new TrainingListener() {});
  }

  private static Map<String, HostTensor> labels(int... labels) {
    HostTensor rows = HostTensor.zeros(Shape.of(labels.length, 3));
    for (int i = 0; i < labels.length; i++) {
      rows.data()[3 * i + labels[i]] = 1;
    }
    return Map.of(Labels.NAME, rows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SamplerOptions.MIXTURE,
        SamplerOptions.REAL_NVP,
        SamplerOptions.MAF,
        SamplerOptions.TWO_STAGE
      })
  @DisplayName("that is told a label draws latent vectors of that class, after it was opened too")
  void conditional(String type) {
    try (Vae vae =
        engine().config(itself(EXTENT, Map.of(Labels.NAME, List.of(3)))).build()) {
      vae.save(folder);
      int epochs = type.equals(SamplerOptions.TWO_STAGE) ? 400 : 60;
      FittedSampler result = fitToClasses(
          folder,
          vae,
          SamplerOptions.of(type).withComponents(1).withEpochs(epochs).withHidden(List.of(32)));
      assertThat(result.logLikelihood()).isGreaterThan(result.standardNormal());
      try (LatentSampler sampler =
          new SamplerFolder(folder).open(type, vae, SamplerFolderTest::engine)) {
        int[] wanted = IntStream.range(0, 300).map(i -> i / 3 % 2).toArray();
        float[] z = sampler.draw(wanted.length, 1, labels(wanted)).data();
        long right = IntStream.range(0, z.length)
            .filter(i -> Math.abs(z[i] - (wanted[i / EXTENT] == 0 ? 2 : -2)) < 1.5)
            .count();
        assertThat(right).isGreaterThan(z.length * 97L / 100);
        assertThatThrownBy(() -> sampler.draw(2, 1, Map.of()))
            .isInstanceOf(VaeException.class)
            .hasMessageContaining("label");
      }
    }
  }

  @Test
  @DisplayName("that is a mixture knows no class without examples, no blend of classes, and no"
      + " condition but a label")
  void mixtureOfClasses() {
    SamplerOptions mixture = SamplerOptions.of(SamplerOptions.MIXTURE).withComponents(1);
    try (Vae vae =
        engine().config(itself(EXTENT, Map.of(Labels.NAME, List.of(3)))).build()) {
      vae.save(folder);
      assertThatThrownBy(() -> fitToClasses(folder, vae, mixture.withComponents(COUNT)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("label 0: a mixture of 400 Gaussians");
      fitToClasses(folder, vae, mixture);
      try (LatentSampler sampler =
          new SamplerFolder(folder).open(mixture.type(), vae, SamplerFolderTest::engine)) {
        assertThatThrownBy(() -> sampler.draw(1, 1, labels(2)))
            .hasMessageContaining("no mixture of label 2, of which there was no example");
        HostTensor blend = HostTensor.of(Shape.of(1, 3), 0.5f, 0.5f, 0);
        assertThatThrownBy(() -> sampler.draw(1, 1, Map.of(Labels.NAME, blend)))
            .hasMessageContaining("is no one-hot vector");
      }
    }
    try (Vae vae = engine()
        .config(itself(EXTENT, Map.of("age", List.of(1), Labels.NAME, List.of(3))))
        .build()) {
      vae.save(folder);
      Examples more = ((ArrayExamples) classes("train", COUNT))
          .with(Covariates.of("age", Shape.of(1), new float[COUNT]));
      assertThatThrownBy(() -> new SamplerFolder(folder)
              .fit(
                  vae,
                  mixture,
                  more,
                  more,
                  Transforms.none(),
                  SamplerFolderTest::engine,
                  new TrainingListener() {}))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll("classes of one label", "age, label", "fit real-nvp");
    }
  }

  @Test
  @DisplayName("is refused where latent vectors lie on a sphere, or follow a mask")
  void notSpread() {
    try (Vae vae = engine()
        .config(VaeConfig.defaults()
            .withInput(List.of(EXTENT))
            .with(Kind.POSTERIOR, ComponentConfig.of("von-mises-fisher"))
            .with(Kind.PRIOR, ComponentConfig.of("hyperspherical-uniform")))
        .build()) {
      assertThatThrownBy(() -> fit(vae, SamplerOptions.of(SamplerOptions.MIXTURE)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("latent vectors of this model lie on the unit sphere");
    }
    try (Vae vae =
        engine().example(EXTENT).condition("mask", EXTENT).latent(2).mlp(4).build()) {
      assertThatThrownBy(() -> fit(vae, SamplerOptions.of(SamplerOptions.MIXTURE)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("which elements of an example were observed");
    }
  }
}
