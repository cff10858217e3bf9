package io.github.jvae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.github.jvae.architecture.ArchitecturesPlugin;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.Safetensors;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.ElementMoments;
import io.github.jvae.data.Examples;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Labels;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.model.OutputPadding;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.JvaeVersion;
import io.github.jvae.plugin.Kind;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.Schedule;
import io.github.jvae.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A variational autoencoder")
final class VaeTest {
  private static final DataParts DATA = Shapes.generate(3, 24, 10);

  private static Vae.Builder small() {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .mlp(4)
        .latent(2)
        .gaussian(0.5);
  }

  @Test
  @DisplayName("is saved and loaded with the same weights, results and configuration")
  void savesAndLoads(@TempDir Path folder) {
    HostTensor images = DATA.test().tensor(0, 1, 2);
    try (Vae vae = small().build()) {
      vae.train(DATA, TrainingOptions.defaults().withEpochs(1).withBatchSize(8));
      vae.save(folder);
      try (Vae loaded = Vae.load(folder, Vae.builder().backend(new ReferenceModule()))) {
        assertThat(loaded.config().toOptions()).isEqualTo(vae.config().toOptions());
        assertThat(loaded.parameters()).isEqualTo(vae.parameters());
        assertClose(loaded.reconstruct(images), vae.reconstruct(images));
        assertClose(loaded.sample(3, 5), vae.sample(3, 5));
      }
    }
  }

  /** The reference engine computes in double precision, which a saved weight does not keep. */
  private static void assertClose(HostTensor actual, HostTensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.data()).containsExactly(expected.data(), Offset.offset(1e-5f));
  }

  @Test
  @DisplayName("is saved with the options that were left to their defaults too")
  void savesDefaults() {
    try (Vae vae = small().build()) {
      assertThat(String.valueOf(vae.config().toOptions().get("architecture")))
          .isEqualTo(
              "{\"type\":\"mlp\",\"activation\":\"relu\",\"hidden\":[4],\"init\":\"fan-in\"}");
      assertThat(vae.config().objective().options().get("form"))
          .isEqualTo(OptionValue.of("closed-form"));
    }
  }

  @Test
  @DisplayName("is saved with how it was made, and with what else its maker knows")
  void savesProvenance(@TempDir Path folder) {
    TrainingOptions options =
        TrainingOptions.defaults().withEpochs(1).withBatchSize(8).withSeed(5);
    try (Vae vae = small().build()) {
      assertThat(vae.provenance().training()).isNull();
      vae.train(DATA, options);
      assertThat(vae.provenance().training()).isEqualTo(options);
      assertThat(vae.provenance().data()).isEqualTo(TrainingData.of(options.parts(DATA)));
      vae.save(folder, Options.none().with("by", "a test").with("device", "abacus"));
      JsonMembers made = JsonMembers.of(new ModelFolder(folder).loadConfig()).object("provenance");
      assertThat(made.text("backend")).isEqualTo(vae.backend().name());
      assertThat(made.text("engine")).isEqualTo(vae.backend().engine());
      assertThat(made.text("java")).isEqualTo(Runtime.version().toString());
      assertThat(made.text("jvae")).isEqualTo(JvaeVersion.current());
      assertThat(Instant.parse(made.text("saved")))
          .isBetween(Instant.now().minusSeconds(600), Instant.now());
      assertThat(made.wholeNumber("seed", 0)).isEqualTo(5);
      assertThat(made.text("precision")).isEqualTo("FLOAT32");
      assertThat(TrainingOptions.of(made.object("options").options())).isEqualTo(options);
      assertThat(made.object("data").text("name")).isEqualTo(DATA.name());
      assertThat(made.object("data").text("train_sha256"))
          .isEqualTo(options.parts(DATA).train().sha256());
      assertThat(made.text("by")).isEqualTo("a test");
      assertThat(made.text("device")).isEqualTo("abacus");
    }
  }

  @Test
  @DisplayName("starts from weights that follow from the seed alone")
  void startsFromTheSeed() {
    try (Vae first = small().seed(4).build();
        Vae same = small().seed(4).build();
        Vae other = small().seed(5).build()) {
      assertThat(first.parameters()).isEqualTo(same.parameters());
      assertThat(first.parameters()).isNotEqualTo(other.parameters());
      assertThat(first.parameterCount())
          .isEqualTo(first.parameters().values().stream()
              .mapToInt(t -> t.data().length)
              .sum());
    }
  }

  @Test
  @DisplayName("is judged alike whatever the batch size")
  void evaluatesAlike() {
    try (Vae vae = small().build()) {
      Metrics whole = vae.evaluate(DATA.test(), 10, Transforms.none(), 1);
      Metrics parts = vae.evaluate(DATA.test(), 3, Transforms.none(), 1);
      assertThat(parts.elbo()).isCloseTo(whole.elbo(), within(1e-3));
      assertThat(whole.elbo()).isCloseTo(whole.logLikelihood() - whole.kl(), within(1e-3));
      assertThat(whole.elboStandardError()).isPositive();
    }
  }

  @Test
  @DisplayName("has bits per dimension only where its likelihood is a probability of the images")
  void bitsPerDimension() {
    try (Vae gaussian = small().build();
        Vae bernoulli = small().bernoulli().build()) {
      assertThat(gaussian.evaluate(DATA.test(), 10, Transforms.none(), 1).bitsPerDim())
          .isNull();
      assertThat(bernoulli.evaluate(DATA.test(), 10, Transforms.none(), 1).bitsPerDim())
          .isNull();
      Metrics binary =
          bernoulli.evaluate(DATA.test(), 10, Transforms.of(Binarization.THRESHOLD), 1);
      assertThat(binary.bitsPerDim()).isCloseTo(-binary.elbo() / 3072 / Math.log(2), within(1e-9));
    }
  }

  @Test
  @DisplayName("can be described layer by layer, and saved so")
  void customLayers(@TempDir Path folder) {
    List<Layer> encoder = List.of(
        new Layer.Conv2d(4, 4, 4, 0), new Layer.Activate(Activation.GELU), new Layer.Flatten());
    List<Layer> decoder = List.of(
        new Layer.Dense(4 * 8 * 8),
        new Layer.Unflatten(4, 8, 8),
        new Layer.Activate(Activation.ELU),
        new Layer.TransposedConv2d(3, 4, 4, 0, 0));
    HostTensor images = DATA.test().tensor(0, 1);
    try (Vae vae = small().layers(encoder, decoder).build()) {
      vae.save(folder);
      try (Vae loaded = Vae.load(folder, Vae.builder().backend(new ReferenceModule()))) {
        assertThat(loaded.reconstruct(images)).isEqualTo(vae.reconstruct(images));
      }
    }
  }

  @Test
  @DisplayName("trains residual, normalised and gated layers, and finds them in its folder again")
  void nestedLayers(@TempDir Path folder) {
    Layer silu = new Layer.Activate(Activation.SILU);
    List<Layer> encoder = List.of(
        new Layer.AveragePool(4),
        new Layer.Conv2d(4, 3, 1, 1),
        new Layer.Residual(List.of(new Layer.GroupNorm(2), silu, new Layer.Conv2d(4, 3, 1, 1))),
        new Layer.Flatten(),
        new Layer.Residual(List.of(new Layer.Dense(6)), List.of(new Layer.Dense(6))),
        new Layer.MaskedDense(2, List.of(1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1)),
        new Layer.LayerNorm());
    List<Layer> decoder = List.of(
        new Layer.Dense(6 * 4 * 4),
        new Layer.Gated(),
        new Layer.Unflatten(3, 4, 4),
        new Layer.Upsample(8),
        new Layer.Residual(List.of(silu, new Layer.Conv2d(3, 3, 1, 1))));
    HostTensor images = DATA.test().tensor(0, 1);
    try (Vae vae = small().layers(encoder, decoder).build()) {
      Map<String, HostTensor> before = vae.parameters();
      vae.train(DATA, TrainingOptions.defaults().withEpochs(1).withBatchSize(10));
      assertThat(vae.parameters())
          .allSatisfy((name, value) -> assertThat(value).as(name).isNotEqualTo(before.get(name)));
      assertThat(vae.parameters())
          .containsKeys(
              "encoder.1.body.0.weight",
              "encoder.2.shortcut.0.bias",
              "decoder.output.body.0.weight");
      vae.save(folder);
      try (Vae loaded = Vae.load(folder, Vae.builder().backend(new ReferenceModule()))) {
        assertThat(loaded.config()).isEqualTo(vae.config());
        // The reference trains in double precision, and keeps single.
        assertThat(loaded.reconstruct(images).data())
            .containsExactly(vae.reconstruct(images).data(), Offset.offset(1e-4f));
      }
    }
  }

  @Test
  @DisplayName("takes images of odd sizes, layer by layer too, and finds them in its folder again")
  void oddSizes(@TempDir Path folder) {
    List<Layer> encoder = List.of(new Layer.Conv2d(4, 4, 3, 1), new Layer.Flatten());
    List<Layer> decoder = List.of(
        new Layer.Dense(4 * 3 * 2),
        new Layer.Unflatten(4, 3, 2),
        new Layer.TransposedConv2d(1, 4, 3, 1, new OutputPadding(1, 2)));
    Shape image = Shape.of(1, 9, 7);
    HostTensor images = HostTensor.zeros(image.prepend(2));
    for (Vae.Builder builder : List.of(
        small().input(1, 9, 7).layers(encoder, decoder), small().input(1, 9, 7).conv(3, 4))) {
      try (Vae vae = builder.build()) {
        vae.save(folder);
        try (Vae loaded = Vae.load(folder, Vae.builder().backend(new ReferenceModule()))) {
          assertThat(loaded.config().toOptions()).isEqualTo(vae.config().toOptions());
          assertThat(loaded.reconstruct(images)).isEqualTo(vae.reconstruct(images));
          assertThat(loaded.sample(2, 1).shape()).isEqualTo(images.shape());
        }
      }
    }
  }

  @Test
  @DisplayName(
      "that was saved before a component had an option is what it was, and a new one is not")
  void formerOption(@TempDir Path folder) throws IOException {
    String option = "\"bounded\"";
    VaeConfig flow = VaeConfig.defaults()
        .withInput(List.of(1, 4, 4))
        .withLatent(3)
        .with(Kind.PRIOR, ComponentConfig.of("maf"));
    Path config = folder.resolve("config.json");
    HostTensor drawn;
    try (Vae vae = Vae.builder()
        .backend(new ReferenceModule())
        .config(flow.with(Kind.PRIOR, flow.prior().with("bounded", OptionValue.of(false))))
        .build()) {
      vae.save(folder);
      drawn = vae.sample(3, 1);
    }
    String saved = Files.readString(config);
    assertThat(saved).contains(option + ": false,");
    Files.writeString(config, saved.replace(option + ": false,", ""));
    try (Vae loaded = Vae.load(folder, Vae.builder().backend(new ReferenceModule()))) {
      assertThat(loaded.sample(3, 1)).isEqualTo(drawn);
      assertThat(loaded.config().toOptions().toString()).contains(option + ":false");
    }
    try (Vae fresh = Vae.builder().backend(new ReferenceModule()).config(flow).build()) {
      assertThat(fresh.sample(3, 1)).isNotEqualTo(drawn);
      assertThat(fresh.config().toOptions().toString()).contains(option + ":true");
    }
  }

  @Test
  @DisplayName("comes out of a plain Guice injector too, a new one each time")
  void plainGuice() {
    Injector injector = Guice.createInjector(
        new VaeModule(VaeConfig.defaults(), new ReferenceModule(), BackendOptions.defaults(), 1));
    try (Vae first = injector.getInstance(Vae.class);
        Vae second = injector.getInstance(Vae.class)) {
      assertThat(first.runtime().backend()).isNotSameAs(second.runtime().backend());
      assertThat(first.parameters()).isEqualTo(second.parameters());
    }
  }

  @Test
  @DisplayName("learns of labelled examples of any shape, and samples under a label")
  void conditional() {
    int rows = 60;
    float[] values = new float[2 * rows];
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 3;
      values[2 * i] = labels[i];
      values[2 * i + 1] = -labels[i];
    }
    Examples table =
        ArrayExamples.floats("table", Shape.of(2), values).with(Labels.of(Labels.NAME, labels, 3));
    try (Vae vae = Vae.builder()
        .backend(new ReferenceModule())
        .example(2)
        .condition(Labels.NAME, 3)
        .mlp(16)
        .latent(1)
        .gaussian(0.1)
        .build()) {
      vae.train(
          DataParts.split(table, "made up"),
          TrainingOptions.defaults()
              .withEpochs(60)
              .withBatchSize(10)
              .withLearningRate(Schedule.constant(0.01)));
      HostTensor asked = HostTensor.of(Shape.of(3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1);
      HostTensor made = vae.inference().sample(3, 1, Map.of(Labels.NAME, asked));
      for (int label = 0; label < 3; label++) {
        assertThat(made.data()[2 * label]).isCloseTo(label, Offset.offset(0.3f));
        assertThat(made.data()[2 * label + 1]).isCloseTo(-label, Offset.offset(0.3f));
      }
      assertThatThrownBy(() -> vae.sample(3, 1))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("needs the condition 'label'");
      assertThatThrownBy(() ->
              vae.inference().sample(3, 1, Map.of(Labels.NAME, HostTensor.zeros(Shape.of(3, 2)))))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("'label'", "[3, 3]", "[3, 2]");
    }
  }

  @Test
  @DisplayName("lists every fault of its configuration in one sentence, without Guice's wrappings")
  void faultsInOneLine() {
    assertThatThrownBy(() -> small().latent(0).gaussian(-1).build())
        .isExactlyInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("the configuration has 2 faults: (1) latent must be")
        .message()
        .doesNotContain("\n");
  }

  @Test
  @DisplayName("refuses images that are no numbers or of another size, and latents of another size")
  void refusesBadInput() {
    try (Vae vae = small().build()) {
      HostTensor images = DATA.test().tensor(0);
      images.data()[17] = Float.NaN;
      assertThatThrownBy(() -> vae.encode(images)).hasMessageContaining("not a finite number");
      HostTensor gray = HostTensor.zeros(Shape.of(2, 1, 28, 28));
      assertThatThrownBy(() -> vae.encode(gray))
          .hasMessageContaining("[3, 32, 32]")
          .hasMessageContaining("[2, 1, 28, 28]");
      HostTensor latents = HostTensor.zeros(Shape.of(2, 3));
      assertThatThrownBy(() -> vae.decode(latents)).hasMessageContaining("[batch, 2]");
    }
  }

  @Test
  @DisplayName("is refused when its folder holds tensors of another model")
  void refusesOtherTensors(@TempDir Path folder) {
    try (Vae vae = small().build()) {
      vae.save(folder);
      Map<String, HostTensor> tensors = new TreeMap<>(vae.parameters());
      tensors.remove("encoder.mean.bias");
      tensors.put("decoder.0.bias", HostTensor.zeros(Shape.of(9)));
      Safetensors.write(folder.resolve(ModelFolder.MODEL), tensors, Map.of());
    }
    assertThatThrownBy(() -> Vae.load(folder, Vae.builder().backend(new ReferenceModule())))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("encoder.mean.bias")
        .hasMessageContaining("decoder.0.bias")
        .hasMessageContaining(ModelFolder.MODEL);
  }

  @Test
  @DisplayName("is refused when its folder is something else, or of a later format")
  void refusesOtherFolders(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> Vae.load(folder)).isInstanceOf(VaeException.class);
    Files.writeString(folder.resolve(ModelFolder.CONFIG), "{}");
    assertThatThrownBy(() -> Vae.load(folder)).hasMessageContaining("no model's configuration");
    JsonFile.write(
        folder.resolve(ModelFolder.CONFIG), Options.none().with("format", 9).with("model", 1));
    assertThatThrownBy(() -> Vae.load(folder)).hasMessageContaining("format 9");
  }

  @Test
  @DisplayName("draws pixel noise around the expected image")
  void samplesWithNoise() {
    try (Vae vae = small().build()) {
      HostTensor expected = vae.sample(4, 3);
      HostTensor drawn = vae.inference().sampleWithPixelNoise(4, 3);
      double squares = 0;
      for (int i = 0; i < drawn.data().length; i++) {
        squares += Math.pow(drawn.data()[i] - expected.data()[i], 2);
      }
      assertThat(Math.sqrt(squares / drawn.data().length)).isCloseTo(0.5, within(0.02));
    }
  }

  @Test
  @DisplayName("may be closed twice, and says so when it is used after that")
  void closes() {
    Vae vae = small().build();
    vae.close();
    vae.close();
    assertThatThrownBy(() -> vae.sample(1, 1))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("closed");
  }

  private static HostTensor bias(Vae vae) {
    return Objects.requireNonNull(vae.parameters().get("decoder.output.bias"));
  }

  @Test
  @DisplayName("starts its output bias from the means of pixels, if asked, and all else as ever")
  void outputBias() {
    ElementMoments pixels = ElementMoments.of(DATA.train(), Transforms.none());
    try (Vae plain = small().bernoulli().build();
        Vae biased = small().bernoulli().outputBias(pixels).build()) {
      for (int i = 0; i < 3072; i++) {
        assertThat(1 / (1 + Math.exp(-bias(biased).data()[i])))
            .isCloseTo(Math.min(Math.max(pixels.mean(i), 1e-3), 1 - 1e-3), within(1e-6));
      }
      Map<String, HostTensor> rest = new TreeMap<>(plain.parameters());
      rest.put("decoder.output.bias", bias(biased));
      assertThat(biased.parameters()).isEqualTo(rest);
      assertThat(biased.evaluate(DATA.test(), 10, Transforms.none(), 1).elbo())
          .isGreaterThan(plain.evaluate(DATA.test(), 10, Transforms.none(), 1).elbo() + 100);
    }
  }

  @Test
  @DisplayName("starts a bias for each channel where it ends in a convolution, widths after means")
  void outputBiasOfConvolutions() {
    ElementMoments channels = ElementMoments.of(DATA.train(), Transforms.none()).perChannel();
    try (Vae vae = small()
        .conv(4, 4)
        .discretizedLogistic()
        .outputBias(ElementMoments.of(DATA.train(), Transforms.none()))
        .build()) {
      float[] bias = bias(vae).data();
      assertThat(bias).hasSize(6);
      for (int i = 0; i < 3; i++) {
        assertThat((double) bias[i]).isCloseTo(channels.mean(i), within(1e-6));
        double scale = channels.standardDeviation(i) * Math.sqrt(3) / Math.PI;
        assertThat((double) bias[3 + i]).isCloseTo(Math.log(scale), within(1e-6));
      }
    }
  }

  @Test
  @DisplayName("is loaded with its own output bias, whatever a new one would start from")
  void loadsItsBias(@TempDir Path folder) {
    ElementMoments other = ElementMoments.of(
        ImageExamples.of("gray", Shape.of(1, 1, 1), new byte[] {1}), Transforms.none());
    try (Vae vae = small().build()) {
      vae.save(folder);
      Vae.Builder engine = Vae.builder().backend(new ReferenceModule()).outputBias(other);
      try (Vae loaded = Vae.load(folder, engine)) {
        assertThat(loaded.parameters()).isEqualTo(vae.parameters());
      }
    }
  }

  @Test
  @DisplayName("says in one line why an output bias cannot start from data")
  void noOutputBias() {
    ElementMoments gray = ElementMoments.of(
        ImageExamples.of("gray", Shape.of(1, 1, 1), new byte[] {1}), Transforms.none());
    assertThatThrownBy(() -> small().outputBias(gray).build())
        .isInstanceOf(VaeException.class)
        .hasMessage("the output bias cannot start from examples of [1, 1, 1], as the model takes"
            + " [3, 32, 32]");
    List<Layer> decoder = List.of(
        new Layer.Dense(3072),
        new Layer.Activate(Activation.SIGMOID),
        new Layer.Unflatten(3, 32, 32));
    assertThatThrownBy(() -> small()
            .layers(List.of(new Layer.Flatten()), decoder)
            .outputBias(ElementMoments.of(DATA.train(), Transforms.none()))
            .build())
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("does not end in a dense or convolutional layer");
  }

  @Test
  @DisplayName("has bits per dimension for 256 levels: less than 8 where it starts from averages")
  void bitsOfLevels() {
    ComponentConfig mlp = ComponentConfig.of(ArchitecturesPlugin.MLP).with("hidden", new int[] {4});
    try (Vae vae = small()
        .architecture(mlp.with("init", "glorot"))
        .discretizedLogistic()
        .outputBias(ElementMoments.of(DATA.train(), Transforms.none()))
        .build()) {
      Metrics metrics = vae.evaluate(DATA.test(), 10, Transforms.none(), 1);
      assertThat(metrics.bitsPerDim())
          .isCloseTo(-metrics.elbo() / 3072 / Math.log(2), within(1e-9))
          .isBetween(1.0, 8.0);
      HostTensor drawn = vae.inference().sampleWithPixelNoise(4, 3);
      for (float value : drawn.data()) {
        assertThat(value * 255).isCloseTo(Math.round(value * 255), within(1e-4f));
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }
}
