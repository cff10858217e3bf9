package io.github.jvae.checkpoint.internal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * JSON as this project keeps it: one object per file, indented by two spaces, UTF-8, lines ended by
 * a line feed on every system, members in the order in which they were put. The same members put in
 * the same order give the same bytes.
 *
 * <p>JSON has no NaN and no infinity: they are written as the strings {@code "NaN"},
 * {@code "Infinity"} and {@code "-Infinity"}.
 */
public final class JsonFile {
  /** Far above any configuration; keeps a wrong path, such as one to a data set, from memory. */
  private static final long LONGEST = 64L << 20;

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

  private static final ObjectWriter PRETTY = MAPPER.writer(prettyPrinter());

  private JsonFile() {}

  /**
   * Reads a file that holds one JSON object.
   *
   * @throws VaeException if it is missing, is not JSON (the message gives line and column), names a
   *     member twice, or holds anything but one object
   */
  public static Options read(Path file) {
    String text = readText(file);
    try {
      return parse(text);
    } catch (JsonProcessingException e) {
      throw FileFault.unreadable(
          file, "invalid JSON" + at(e), "mend the file or restore it from a copy", e);
    }
  }

  /**
   * Writes an object to a file, atomically.
   *
   * @throws VaeException if the file cannot be written
   */
  public static void write(Path file, Options object) {
    AtomicFile.write(file, toBytes(object));
  }

  /** The bytes that {@link #write} puts into a file, the final line feed included. */
  public static byte[] toBytes(Options object) {
    try {
      return (PRETTY.writeValueAsString(OptionsJson.node(object)) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw FileFault.fault("cannot write JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Returns an object on one line, without its line feed. */
  public static String toLine(Options object) {
    try {
      return MAPPER.writeValueAsString(OptionsJson.node(object));
    } catch (JsonProcessingException e) {
      throw FileFault.fault("cannot write JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Reads one object from text. */
  public static Options parse(String text) throws JsonProcessingException {
    JsonNode node = READER.readValue(text);
    if (node instanceof ObjectNode object) {
      return OptionsJson.options(object);
    }
    throw new NotAnObjectException();
  }

  /** Returns what a text is as JSON: an object, a list, a number …; nothing if it is none. */
  public static Optional<OptionValue> value(String text) {
    try {
      JsonNode node = READER.readValue(text);
      return node == null || node.isMissingNode()
          ? Optional.empty()
          : Optional.of(OptionsJson.value(node));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** A text file, whole; bytes that are not UTF-8 are a fault. */
  static String readText(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        String fault = "it is longer than " + (LONGEST >> 20) + " MB";
        throw FileFault.unreadable(file, fault, "check that it is the right file", null);
      }
      String text = decode(Files.readAllBytes(file));
      // Editors on Windows put a byte order mark in front, which JSON does not know.
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw FileFault.unreadable(file, "it is not UTF-8 text", "save it as UTF-8", e);
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    // A String constructor would replace wrong bytes and say nothing.
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String at(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    String what = ": " + Quote.message(e.getOriginalMessage());
    return location == null || location.getLineNr() < 1
        ? what
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr() + what;
  }

  private static DefaultPrettyPrinter prettyPrinter() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
    printer.indentObjectsWith(indenter);
    return printer;
  }

  /** JSON, but not an object. */
  private static final class NotAnObjectException extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    NotAnObjectException() {
      super("an object { … } is needed");
    }
  }
}
