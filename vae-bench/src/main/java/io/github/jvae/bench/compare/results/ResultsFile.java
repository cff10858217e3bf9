package io.github.jvae.bench.compare.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.nio.file.Path;
import java.util.Objects;

/** Reads and writes {@code results.json}; the names of its members are those of the records. */
public final class ResultsFile {
  /** The version of the format that is written, and the newest that is read. */
  public static final int SCHEMA = 1;

  /** The usual name. */
  public static final String NAME = "results.json";

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      // A later version of the same schema may tell more.
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();

  private ResultsFile() {}

  /**
   * Reads results.
   *
   * @throws VaeException if the file is missing, or holds no results, or those of a newer version,
   *     or a member that is not as a record wants it; the message names file and member
   */
  public static ComparisonResults read(Path file) {
    JsonNode json = tree(JsonFile.read(file));
    int schema = json.path("schema").asInt(0);
    if (schema < 1 || !json.path("setup").isObject() || !json.path("machine").isObject()) {
      throw FileFault.of(
          file,
          "holds no results of 'vae compare': it has no \"schema\", \"setup\" and \"machine\"",
          "check the path");
    }
    if (schema > SCHEMA) {
      throw FileFault.of(
          file,
          "has schema " + schema + ", but this version reads up to " + SCHEMA,
          "use a newer jvae");
    }
    try {
      ResultsCheck.check(json);
      return Objects.requireNonNull(MAPPER.treeToValue(json, ComparisonResults.class));
    } catch (ResultsCheck.Fault e) {
      throw unusable(file, String.valueOf(e.getMessage()));
    } catch (JsonProcessingException e) {
      throw unusable(file, Quote.message(e.getOriginalMessage()));
    }
  }

  private static VaeException unusable(Path file, String fault) {
    return FileFault.of(
        file, "holds no results of 'vae compare': " + fault, "restore it from a copy");
  }

  /**
   * Writes results, atomically.
   *
   * @throws VaeException if the file cannot be written
   */
  public static void write(Path file, ComparisonResults results) {
    OptionValue json = JsonFile.value(MAPPER.valueToTree(results).toString()).orElseThrow();
    JsonFile.write(file, (Options) json);
  }

  private static JsonNode tree(Options json) {
    try {
      return MAPPER.readTree(JsonFile.toLine(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was just written", e);
    }
  }
}
