package io.github.jvae.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.checkpoint.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of JSON as somebody else's program reads and changes them. */
final class JsonTree {
  private JsonTree() {}

  static ObjectNode read(Path file) throws IOException {
    return (ObjectNode) new JsonMapper().readTree(Files.readString(file));
  }

  static void write(Path file, ObjectNode json) throws IOException {
    Files.writeString(file, json.toString());
  }

  /** The configuration of a model. */
  static ObjectNode config(Path model) throws IOException {
    return read(model.resolve(ModelFolder.CONFIG));
  }
}
