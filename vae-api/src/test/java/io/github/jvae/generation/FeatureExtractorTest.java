package io.github.jvae.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.Vae;
import io.github.jvae.backend.Backend;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.onnx.OnnxExport;
import io.github.jvae.onnx.internal.OnnxAttribute;
import io.github.jvae.onnx.internal.OnnxData;
import io.github.jvae.onnx.internal.OnnxModel;
import io.github.jvae.onnx.internal.OnnxNode;
import io.github.jvae.onnx.internal.OnnxPort;
import io.github.jvae.onnx.internal.OnnxWriter;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Features of examples")
class FeatureExtractorTest {
  private static final Shape EXAMPLE = Shape.of(1, 4, 4);

  @TempDir
  private Path folder;

  private static Vae vae() {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(1, 4, 4)
        .latent(3)
        .mlp(5)
        .build();
  }

  private static Backend engine() {
    return Vae.builder().backend(new ReferenceModule()).engine();
  }

  private static HostTensor examples(int count) {
    HostTensor x = HostTensor.zeros(EXAMPLE.prepend(count));
    RandomStream.of(1).child("x").fillUniform(x.data(), 0, 1);
    return x;
  }

  private FeatureExtractor onnx(Path file, String output) {
    return FeatureExtractor.onnx(
        file,
        Optional.of(output).filter(name -> !name.isEmpty()),
        EXAMPLE,
        FeatureExtractorTest::engine,
        1);
  }

  @Test
  @DisplayName("may be their own numbers")
  void elements() {
    HostTensor x = examples(3);
    HostTensor features = FeatureExtractor.elements().of(x);
    assertThat(features.shape()).isEqualTo(Shape.of(3, 16));
    assertThat(features.data()).isEqualTo(x.data());
  }

  @Test
  @DisplayName("are what a network of known layers in a file makes of them, on any engine")
  void layers() {
    try (Vae vae = vae()) {
      Path encoder = OnnxExport.of(vae).write(folder.resolve("onnx")).get(0);
      try (FeatureExtractor features = onnx(encoder, "mean")) {
        assertThat(features).isInstanceOf(NetworkFeatures.class);
        assertThat(features.of(examples(5))).isEqualTo(vae.encode(examples(5)).mean());
      }
      assertThatThrownBy(() -> onnx(encoder, ""))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("encoder.onnx has the outputs mean, log_variance; name the one")
          .hasMessageNotContaining("\\n");
      assertThatThrownBy(() -> onnx(encoder, "pool"))
          .hasMessageContaining("and none called 'pool'");
      assertThatThrownBy(() -> FeatureExtractor.onnx(
              encoder, Optional.of("mean"), Shape.of(3, 32, 32), FeatureExtractorTest::engine, 1))
          .hasMessageContaining(
              "encoder.onnx takes examples [1, 4, 4], but the model makes [3, 32, 32]; name one");
    }
  }

  /** A graph of an operation that is no layer: half the cosine of each pixel. */
  private Path cosine(OnnxPort input) throws IOException {
    OnnxModel model = new OnnxModel(
        List.of(
            new OnnxNode("Cos", "c", List.of("x"), List.of("c"), Map.<String, OnnxAttribute>of()),
            new OnnxNode(
                "Mul", "y", List.of("c", "half"), List.of("y"), Map.<String, OnnxAttribute>of())),
        Map.of("half", new OnnxData.Floats(HostTensor.of(Shape.of(1), 0.5f))),
        List.of(input),
        List.of(new OnnxPort("y", input.extents())),
        Map.of());
    Path file = folder.resolve("cosine.onnx");
    Files.write(file, new OnnxWriter("test").bytes(model));
    return file;
  }

  @Test
  @DisplayName("are what ONNX Runtime makes of them where layers do not suffice")
  void graph() throws IOException {
    Path file = cosine(OnnxPort.of("x", Shape.of(2, 1, 4, 4)));
    HostTensor x = examples(5);
    float[] wanted = new float[x.data().length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = (float) (0.5 * Math.cos(x.data()[i]));
    }
    // It takes two at a time: the last one is alone.
    try (FeatureExtractor features = onnx(file, "")) {
      assertThat(features).isInstanceOf(GraphFeatures.class);
      assertThat(features.of(x).shape()).isEqualTo(Shape.of(5, 16));
      assertThat(features.of(x).data()).containsExactly(wanted, Offset.offset(1e-6f));
    }
    assertThatThrownBy(() -> onnx(file, "z"))
        .hasMessageContaining("it has the outputs y and none called 'z'");
    assertThatThrownBy(() -> FeatureExtractor.onnx(
            file, Optional.empty(), Shape.of(3, 4, 4), FeatureExtractorTest::engine, 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cosine.onnx: it takes examples [1, 4, 4], but the model makes"
            + " [3, 4, 4]; name one that takes the model's");
  }

  @Test
  @DisplayName("are those of no file that is missing or is no network, and of no other model")
  void refused() throws IOException {
    Path rubbish = folder.resolve("rubbish.onnx");
    Files.write(rubbish, new byte[] {1, 2, 3, 4, 5});
    assertThatThrownBy(() -> onnx(rubbish, ""))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("rubbish.onnx")
        .hasMessageNotContaining("\\n");
    assertThatThrownBy(() -> onnx(folder.resolve("none.onnx"), ""))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("none.onnx");
    try (Vae vae = vae()) {
      assertThatThrownBy(() -> FeatureExtractor.classifier(vae, EXAMPLE))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("the model is of the kind standard");
    }
  }
}
