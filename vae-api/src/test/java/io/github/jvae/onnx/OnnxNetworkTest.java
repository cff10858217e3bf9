package io.github.jvae.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A network read from an ONNX file")
class OnnxNetworkTest {
  @TempDir
  private Path folder;

  private static Vae vae(ComponentConfig architecture) {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(2, 8, 8)
        .latent(3)
        .architecture(architecture)
        .seed(4)
        .build();
  }

  private Path encoder(Vae vae) {
    return OnnxExport.of(vae).write(folder.resolve("onnx")).get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"relu", "tanh", "sigmoid", "softplus", "leaky_relu", "elu", "gelu", "silu"})
  @DisplayName("is the encoder that was written: the same answers in a new model")
  void roundTrip(String activation) {
    for (String type : new String[] {"mlp", "conv"}) {
      ComponentConfig architecture = ComponentConfig.of(type).with("activation", activation);
      architecture = type.equals("mlp")
          ? architecture.with("hidden", new int[] {6, 5})
          : architecture.with("channels", new int[] {3, 4});
      try (Vae original = vae(architecture)) {
        Path file = OnnxExport.of(original).write(folder.resolve(type)).get(0);
        requireSameEncoder(original, OnnxNetwork.read(file));
      }
    }
  }

  private static void requireSameEncoder(Vae original, OnnxNetwork read) {
    HostTensor x = HostTensor.zeros(Shape.of(3, 2, 8, 8));
    RandomStream.of(1).child("x").fillUniform(x.data(), 0, 1);
    List<Layer> decoder = List.of(new Layer.Dense(128), new Layer.Unflatten(2, 8, 8));
    try (Vae other = Vae.builder()
        .backend(new ReferenceModule())
        .input(2, 8, 8)
        .latent(3)
        .layers(read.layers(), decoder)
        .build()) {
      other.runtime().backend().variables().writeAll(read.weights("encoder"));
      assertThat(other.encode(x).mean()).isEqualTo(original.encode(x).mean());
      assertThat(other.encode(x).logVariance()).isEqualTo(original.encode(x).logVariance());
    }
  }

  private Path write(OnnxModel model) throws IOException {
    Path file = folder.resolve("made.onnx");
    Files.write(file, new OnnxWriter("test").bytes(model));
    return file;
  }

  private static OnnxNode node(
      String operator, String output, Map<String, OnnxAttribute> attributes, String... inputs) {
    return new OnnxNode(operator, output, List.of(inputs), List.of(output), attributes);
  }

  private static OnnxModel graph(Shape input, Map<String, OnnxData> data, OnnxNode... nodes) {
    return new OnnxModel(
        List.of(nodes),
        data,
        List.of(OnnxPort.of("x", input)),
        List.of(OnnxPort.of("y", Shape.of(1, 1))),
        Map.of());
  }

  private static OnnxData floats(Shape shape, float... values) {
    return new OnnxData.Floats(HostTensor.of(shape, values));
  }

  @Test
  @DisplayName("may be written as other programs do: a product and a sum")
  void product() throws IOException {
    OnnxNetwork network = OnnxNetwork.read(write(graph(
        Shape.of(1, 2),
        Map.of("w", floats(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), "b", floats(Shape.of(3), 7, 8, 9)),
        node("MatMul", "p", Map.of(), "x", "w"),
        node("Add", "s", Map.of(), "p", "b"),
        node("Relu", "y", Map.of(), "s"))));
    assertThat(network.layers())
        .containsExactly(new Layer.Dense(3), new Layer.Activate(Activation.RELU));
    assertThat(network.weights("n"))
        .containsEntry("n.0.weight", HostTensor.of(Shape.of(3, 2), 1, 4, 2, 5, 3, 6))
        .containsEntry("n.0.bias", HostTensor.of(Shape.of(3), 7, 8, 9));
  }

  @Test
  @DisplayName("takes a normalisation with known moments into the weights before it")
  void normalized() throws IOException {
    OnnxNetwork network = OnnxNetwork.read(write(graph(
        Shape.of(1, 1, 1, 1),
        Map.of(
            "w", floats(Shape.of(2, 1, 1, 1), 3, 5),
            "scale", floats(Shape.of(2), 2, 1),
            "shift", floats(Shape.of(2), 0.5f, 0),
            "mean", floats(Shape.of(2), 1, 0),
            "variance", floats(Shape.of(2), 3, 0)),
        node("Conv", "c", Map.of(), "x", "w"),
        node(
            "BatchNormalization",
            "y",
            Map.of("epsilon", new OnnxAttribute.Real(1)),
            "c",
            "scale",
            "shift",
            "mean",
            "variance"))));
    // (3x - 1) / √4 · 2 + 0.5 and 5x / √1.
    assertThat(network.weights("n"))
        .containsEntry("n.0.weight", HostTensor.of(Shape.of(2, 1, 1, 1), 3, 5))
        .containsEntry("n.0.bias", HostTensor.of(Shape.of(2), -0.5f, 0));
  }

  @Test
  @DisplayName("names an operation that is no layer, with its node")
  void unknownOperation() throws IOException {
    Path file = write(graph(
        Shape.of(1, 2),
        Map.of(),
        node("LSTM", "made", Map.of(), "x"),
        node("Relu", "y", Map.of(), "made")));
    assertThatThrownBy(() -> OnnxNetwork.read(file))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("LSTM")
        .hasMessageContaining("node 'made'")
        .hasMessageContaining("Gemm")
        .hasMessageNotContaining("\n");
  }

  @Test
  @DisplayName("is refused where weights do not fit, nodes go in a circle or nothing makes a value")
  void unfit() throws IOException {
    refused(
        write(graph(
            Shape.of(1, 5),
            Map.of("w", floats(Shape.of(2, 3), 1, 2, 3, 4, 5, 6)),
            node("MatMul", "y", Map.of(), "x", "w"))),
        "a weight [3, 2]");
    refused(
        write(graph(
            Shape.of(1, 5),
            Map.of(),
            node("Relu", "a", Map.of(), "y"),
            node("Relu", "y", Map.of(), "a"))),
        "circle");
    refused(
        write(graph(Shape.of(1, 5), Map.of(), node("Relu", "y", Map.of(), "nowhere"))), "nowhere");
    refused(
        write(graph(
            Shape.of(1, 5),
            Map.of("w", floats(Shape.of(1, 1, 2, 3), 1, 2, 3, 4, 5, 6)),
            node("Conv", "y", Map.of(), "x", "w"))),
        "the same along all axes");
  }

  private static void refused(Path file, String fault) {
    assertThatThrownBy(() -> OnnxNetwork.read(file))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(fault)
        .hasMessageNotContaining("\n");
  }

  @Test
  @DisplayName("says of a file that is missing, empty or of another kind what it is")
  void otherFiles() throws IOException {
    refused(folder.resolve("none.onnx"), "none.onnx");
    Path file = folder.resolve("other.onnx");
    Files.write(file, new byte[0]);
    refused(file, "is empty");
    Files.writeString(file, "{\"format\": 1}");
    refused(file, "no ONNX file");
  }

  @Test
  @DisplayName("is refused in one sentence wherever a file is cut off or damaged")
  void damaged() throws IOException {
    Path file;
    try (Vae vae = vae(ComponentConfig.of("conv").with("channels", new int[] {3}))) {
      file = encoder(vae);
    }
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    Path damaged = folder.resolve("damaged.onnx");
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bytes = Arrays.copyOf(whole, i % 2 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int flips = i % 2 * 8; flips > 0; flips--) {
        // Near the beginning, where lengths and names are.
        bytes[random.nextInt(Math.min(bytes.length, 600))] = (byte) random.nextInt();
      }
      Files.write(damaged, bytes);
      try {
        OnnxNetwork.read(damaged);
      } catch (VaeException e) {
        refused++;
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  @DisplayName("takes no memory for what a file only claims, nor numbers from other files")
  void claims() throws IOException {
    Path file = folder.resolve("claims.onnx");
    // A graph with a tensor w of 2^31 floats, of which none is there; and one that lies elsewhere.
    byte[] huge = bytes(
        0x3A, 0x0D, 0x2A, 0x0B, 0x08, 0x80, 0x80, 0x80, 0x80, 0x08, 0x10, 0x01, 0x42, 0x01, 'w');
    Files.write(file, huge);
    refused(file, "claims to be [2147483648]");
    byte[] elsewhere = bytes(0x3A, 0x09, 0x2A, 0x07, 0x10, 0x01, 0x42, 0x01, 'w', 0x70, 0x01);
    Files.write(file, elsewhere);
    refused(file, "lies in another file");
    // A message that claims to be 2 GB long.
    Files.write(file, bytes(0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x2A));
    refused(file, "cut off");
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
