package io.github.jvae.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jvae.plugin.Kind;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model with the numbers that an independent implementation (PyTorch, double precision) made of
 * it: {@code NAME.json} and {@code NAME.safetensors}. Those of the class path are used, or, where
 * the system property {@value #PROPERTY} names a folder, every one in that folder.
 *
 * @param name the files' name
 * @param json the model and what must come out
 * @param tensors parameters, the batch {@code x} and {@code noise} [steps, batch, latent]
 */
record GoldenModel(String name, JsonNode json, Map<String, HostTensor> tensors) {
  static final String PROPERTY = "vae.golden";

  static List<GoldenModel> all() {
    String folder = System.getProperty(PROPERTY);
    try {
      return folder == null || folder.isEmpty() ? ofClassPath() : ofFolder(Path.of(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<GoldenModel> ofClassPath() throws IOException {
    String names = new String(resource("index.txt"), StandardCharsets.UTF_8);
    List<GoldenModel> result = new ArrayList<>();
    for (String name : names.lines().toList()) {
      result.add(parse(name, resource(name + ".json"), resource(name + ".safetensors")));
    }
    return result;
  }

  private static byte[] resource(String file) throws IOException {
    try (InputStream stream = GoldenModel.class.getResourceAsStream("/golden/" + file)) {
      if (stream == null) {
        throw new IOException("the test jar lacks golden/" + file);
      }
      return stream.readAllBytes();
    }
  }

  private static List<GoldenModel> ofFolder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException("no golden models in " + folder);
    }
    List<GoldenModel> result = new ArrayList<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
      byte[] tensors = Files.readAllBytes(file.resolveSibling(name + ".safetensors"));
      result.add(parse(name, Files.readAllBytes(file), tensors));
    }
    return result;
  }

  private static GoldenModel parse(String name, byte[] json, byte[] safetensors)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ByteBuffer buffer = ByteBuffer.wrap(safetensors).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(buffer.getLong())];
    buffer.get(header);
    ByteBuffer data = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : mapper.readTree(header).properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(entry.getKey(), tensor(entry.getValue(), data));
      }
    }
    return new GoldenModel(name, mapper.readTree(json), tensors);
  }

  private static HostTensor tensor(JsonNode entry, ByteBuffer data) throws IOException {
    if (!entry.path("dtype").asText().equals("F32")) {
      throw new IOException("golden tensors are float32, not " + entry);
    }
    List<Integer> extents = new ArrayList<>();
    entry.path("shape").forEach(extent -> extents.add(extent.asInt()));
    Shape shape = Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
    HostTensor result = HostTensor.zeros(shape);
    int begin = entry.path("data_offsets").path(0).asInt();
    data.duplicate()
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(begin)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(result.data());
    return result;
  }

  /** The model as data. */
  ModelSpec spec() {
    JsonNode size = json.path("input");
    JsonNode prior = json.path("prior");
    Shape input =
        Shape.of(size.path(0).asInt(), size.path(1).asInt(), size.path(2).asInt());
    ModelSpec spec = ModelSpec.of(
        input,
        json.path("latent").asInt(),
        ComponentSpec.of(json.path("architecture").toString()),
        ComponentSpec.of(json.path("likelihood").toString(), "decoder_channels"));
    return prior.isObject() ? spec.with(Kind.PRIOR, prior.toString()) : spec;
  }

  HostTensor tensor(String key) {
    HostTensor tensor = tensors.get(key);
    if (tensor == null) {
      throw new IllegalStateException("golden model " + name + " lacks tensor " + key);
    }
    return tensor;
  }

  HostTensor x() {
    return tensor("x");
  }

  int steps() {
    return tensor("noise").shape().dimension(0);
  }

  /** The noise of a step, [batch, latent]. */
  HostTensor noise(int step) {
    HostTensor noise = tensor("noise");
    return noise.rows(step, step + 1).reshape(noise.shape().subShape(1, 3));
  }

  /** The numbers at a place in the file, rows joined. */
  double[] expected(String... path) {
    JsonNode node = json;
    for (String key : path) {
      node = node.path(key);
    }
    List<Double> numbers = new ArrayList<>();
    collect(node, numbers);
    if (numbers.isEmpty()) {
      throw new IllegalStateException("golden model " + name + " lacks " + String.join(".", path));
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void collect(JsonNode node, List<Double> numbers) {
    if (node.isNumber()) {
      numbers.add(node.doubleValue());
    } else {
      node.forEach(child -> collect(child, numbers));
    }
  }
}
