package io.github.jvae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.Safetensors;
import io.github.jvae.data.ElementMoments;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A model folder from a stranger")
final class ForeignModelTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  private Path folder;

  /** An engine that must not be started: what is wrong shows before. */
  private static final class NoEngine extends BackendModule {
    @Override
    protected void configure() {
      bind(Backend.class).toProvider(() -> {
        throw new AssertionError("the engine was started");
      });
    }

    @Override
    public String name() {
      return "none";
    }

    @Override
    public String description() {
      return "no engine";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }
  }

  private static Vae.Builder small() {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(1, 4, 4)
        .mlp(3)
        .latent(2)
        .gaussian(0.5);
  }

  private static Vae.Builder layered() {
    return small()
        .layers(
            List.of(
                new Layer.Conv2d(2, 2, 2, 0),
                new Layer.Activate(Activation.RELU),
                new Layer.Flatten()),
            List.of(
                new Layer.Dense(8),
                new Layer.Unflatten(2, 2, 2),
                new Layer.TransposedConv2d(1, 2, 2, 0, 0)));
  }

  @BeforeEach
  void save() {
    save(small());
  }

  private void save(Vae.Builder model) {
    try (Vae vae = model.build()) {
      vae.save(folder);
    }
  }

  private Path config() {
    return folder.resolve(ModelFolder.CONFIG);
  }

  private ObjectNode tree() throws IOException {
    return (ObjectNode) JSON.readTree(config().toFile());
  }

  private void change(String pointer, String value) throws IOException {
    ObjectNode json = tree();
    int slash = pointer.lastIndexOf('/');
    ((ObjectNode) json.at(pointer.substring(0, slash)))
        .set(pointer.substring(slash + 1), JSON.readTree(value));
    JSON.writeValue(config().toFile(), json);
  }

  private Throwable refusal() {
    return catchThrowable(
        () -> Vae.load(folder, Vae.builder().backend(new NoEngine())).close());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/model/architecture/hidden | [30000, 30000]     | model.safetensors",
        "/model/latent              | 100000000          | model.safetensors",
        "/model/latent              | 2147483647         | config.json",
        "/model/input               | [1, 30000, 30000]  | config.json",
        "/model/input               | [1, 10000, 10000]  | model.safetensors",
        "/model/input               | [3, 30000, 30000]  | config.json",
        "/model/input               | [1073741824, 1, 1] | config.json",
        "/model/input               | [65536, 65536, 65536] | config.json",
        "/model/architecture/hidden | [2147483647, 2147483647] | config.json",
      })
  @DisplayName(
      "is refused by its weights' header before anything of its size is reserved or started")
  void sizes(String pointer, String value, String file) throws IOException {
    change(pointer, value);
    if (pointer.endsWith("input")) {
      // Two outputs for each number, which overflow where the image alone does not.
      change("/model/likelihood", "{\"type\": \"gaussian\", \"sigma\": \"learned\"}");
    }
    assertThat(refusal())
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(folder.resolve(file).toString())
        .message()
        .doesNotContain("\n")
        .hasSizeLessThan(2000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"encoder", "decoder"})
  @DisplayName("may list nothing but layers, each with numbers that are what they should be")
  void layers(String network) throws IOException {
    save(layered());
    for (String list : List.of(
        "[null]",
        "null",
        "[[]]",
        "[\"dense\"]",
        "[{}]",
        "[{\"layer\": null}]",
        "[{\"layer\": \"dense\"}]",
        "[{\"layer\": \"dense\", \"units\": null}]",
        "[{\"layer\": \"dense\", \"units\": 2.5}]",
        "[{\"layer\": \"dense\", \"units\": \"3\"}]",
        "[{\"layer\": \"activate\"}]",
        "[{\"layer\": \"activate\", \"function\": null}]",
        "[{\"layer\": \"activate\", \"function\": 1}]",
        "[{\"layer\": \"conv2d\", \"channels\": 1, \"kernel\": 2147483647, \"stride\": 1,"
            + " \"padding\": 2147483646}]",
        "[{\"layer\": \"conv2d\", \"channels\": 1, \"kernel\": 1500000000, \"stride\": 1,"
            + " \"padding\": 1073741824}]",
        "[{\"layer\": \"transposed_conv2d\", \"channels\": 1, \"kernel\": 1, \"stride\": 2147483647,"
            + " \"padding\": 0, \"outputPadding\": 2147483646}]")) {
      change("/model/architecture/" + network, list);
      assertThat(refusal())
          .as(list)
          .isInstanceOf(VaeException.class)
          .hasMessageContaining(config().toString());
      save(layered());
    }
  }

  @Test
  @DisplayName("may have a million layers in its configuration, and is refused all the same")
  void depth() throws IOException {
    change("/model/architecture/hidden", "[1" + ",1".repeat(1_000_000) + "]");
    assertThat(refusal()).isInstanceOf(VaeException.class).hasMessageContaining("10000 layers");
  }

  private static final List<String> STRANGE = List.of(
      "null",
      "true",
      "-1",
      "0",
      "1.5",
      "1e400",
      "2147483648",
      "99999999999999999999",
      "\"\"",
      "\"x\\ny\"",
      "[]",
      "{}",
      "[null]",
      "[[1]]",
      "{\"type\": null}",
      "{\"type\": \"x\"}",
      "{\"layer\": \"flatten\"}");

  @Test
  @DisplayName("opens or is refused in one line that names the file, whatever its configuration")
  void anything() throws IOException {
    int refused = 0;
    List<Vae.Builder> models = List.of(small(), layered(), small().conv(2), shared());
    for (int i = 0; i < models.size(); i++) {
      save(models.get(i));
      ObjectNode sound = tree();
      sound.remove("provenance");
      for (String pointer : pointers("", sound)) {
        // What one model has in common with the others gets a share of them from each.
        int share = Math.floorMod(pointer.hashCode() + i, models.size());
        for (int turn = share; turn < STRANGE.size(); turn += models.size()) {
          String strange = STRANGE.get(turn);
          JSON.writeValue(config().toFile(), replaced(sound, pointer, JSON.readTree(strange)));
          refused += opens(pointer + " " + strange) ? 0 : 1;
        }
        JSON.writeValue(config().toFile(), replaced(sound, pointer, null));
        refused += opens(pointer + " left out") ? 0 : 1;
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  private static Vae.Builder shared() {
    return small().likelihood(ComponentConfig.of("gaussian").with("sigma", "shared"));
  }

  private boolean opens(String change) {
    try (Vae vae = Vae.load(folder, Vae.builder().backend(new ReferenceModule()))) {
      return vae.parameterCount() > 0;
    } catch (Throwable e) {
      assertThat(e)
          .as(change)
          .isInstanceOf(VaeException.class)
          .hasMessageContaining(folder.toString())
          .message()
          .doesNotContain("\n");
      return false;
    }
  }

  private static List<String> pointers(String at, JsonNode node) {
    List<String> pointers = new ArrayList<>();
    if (!at.isEmpty()) {
      pointers.add(at);
    }
    node.properties().forEach(field -> {
      pointers.addAll(pointers(at + "/" + field.getKey(), field.getValue()));
    });
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      pointers.addAll(pointers(at + "/" + i, Objects.requireNonNull(node.get(i))));
    }
    return pointers;
  }

  private static ObjectNode replaced(ObjectNode sound, String pointer, @Nullable JsonNode value) {
    ObjectNode json = sound.deepCopy();
    int slash = pointer.lastIndexOf('/');
    String name = pointer.substring(slash + 1);
    JsonNode parent = json.at(pointer.substring(0, slash));
    if (parent instanceof ArrayNode array && value == null) {
      array.remove(Integer.parseInt(name));
    } else if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), value);
    } else if (value == null) {
      ((ObjectNode) parent).remove(name);
    } else {
      ((ObjectNode) parent).set(name, value);
    }
    return json;
  }

  @Test
  @DisplayName("may hold any bytes for a configuration")
  void bytes() throws IOException {
    for (String text : List.of(
        "",
        "null",
        "[]",
        "{",
        "{\"format\": 1, \"format\": 1}",
        "[".repeat(100_000),
        "{\"format\": 1, \"model\": " + "[".repeat(100_000) + "}",
        "{\"format\": 1, \"model\": " + "{\"a\":".repeat(900) + "1" + "}".repeat(900) + "}",
        "{\"format\": 1, \"model\": {\"input\": \"" + "y".repeat(1_000_000) + "\"}}")) {
      Files.write(config(), text.getBytes(StandardCharsets.UTF_8));
      assertThat(refusal())
          .isInstanceOf(VaeException.class)
          .hasMessageContaining(config().toString())
          .message()
          .hasSizeLessThan(3000);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  @DisplayName(
      "is refused when a weight is no finite number, with the tensor's name and the file's")
  void notFinite(float value) {
    Map<String, HostTensor> tensors =
        new TreeMap<>(Safetensors.read(folder.resolve(ModelFolder.MODEL)));
    Objects.requireNonNull(tensors.get("encoder.mean.bias")).data()[1] = value;
    Safetensors.write(folder.resolve(ModelFolder.MODEL), tensors, Map.of());
    assertThat(refusal())
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("encoder.mean.bias")
        .hasMessageContaining(folder.resolve(ModelFolder.MODEL).toString());
  }

  @Test
  @DisplayName("opens with its own weights, whatever seed a new model would start from")
  void ownWeights() {
    try (Vae vae = small().build();
        Vae loaded =
            Vae.load(folder, Vae.builder().backend(new ReferenceModule()).seed(9))) {
      assertThat(loaded.parameters()).isEqualTo(vae.parameters());
    }
  }

  @Test
  @DisplayName("leaves the builder that names the engine as it was")
  void builderStays() {
    Vae.Builder builder = Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .mlp(5)
        .outputBias(ElementMoments.of(Shapes.generate(3, 4, 1).train(), Transforms.none()));
    try (Vae before = builder.build()) {
      Vae.load(folder, builder).close();
      try (Vae after = builder.build()) {
        assertThat(after.config()).isEqualTo(before.config());
        assertThat(after.parameters()).isEqualTo(before.parameters());
      }
    }
  }
}
