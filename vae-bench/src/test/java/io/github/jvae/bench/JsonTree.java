package io.github.jvae.bench;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.checkpoint.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON files as trees, to look into and to damage. */
public final class JsonTree {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final ObjectWriter PRETTY =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private JsonTree() {}

  /** The object that a file holds. */
  public static ObjectNode read(Path file) {
    try {
      return (ObjectNode) MAPPER.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The configuration of a saved model. */
  public static ObjectNode config(ModelFolder folder) {
    return read(folder.path().resolve(ModelFolder.CONFIG));
  }

  /** Writes an object to a file. */
  public static void write(Path file, ObjectNode object) {
    try {
      Files.write(file, toBytes(object));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes that {@link #write} puts into a file. */
  public static byte[] toBytes(ObjectNode object) {
    try {
      return PRETTY.writeValueAsString(object).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
