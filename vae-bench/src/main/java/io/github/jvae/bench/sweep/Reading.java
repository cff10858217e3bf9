package io.github.jvae.bench.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.speed.Pace;
import org.jspecify.annotations.Nullable;

/**
 * What {@code vae speed} read off for one setting: its JSON, whole, with a name for what a sweep
 * shows of it.
 *
 * @param json the result of {@code vae speed --json}
 */
public record Reading(ObjectNode json) {

  /** Images per call. */
  public int batch() {
    return json.path("batch").intValue();
  }

  /** Processor threads that the engine used for one operation. */
  public int threads() {
    return json.path("threads").intValue();
  }

  /** The engine and its version. */
  public String engine() {
    return json.path("engine").asText();
  }

  /** Training steps per second. */
  public Pace steps() {
    return pace(json.path("steps_per_second"));
  }

  /** Images encoded per second at the median; null where that was not timed. */
  public @Nullable Double encodedImages() {
    return images("encode_batches_per_second");
  }

  /** Images decoded per second at the median; null where that was not timed. */
  public @Nullable Double decodedImages() {
    return images("decode_batches_per_second");
  }

  /** The first training step, recorded and compiled, milliseconds; null where not known. */
  public @Nullable Double firstStepMillis() {
    return number(json.path("first_step_ms"));
  }

  /** The process's largest resident memory, MiB; null where the system does not tell. */
  public @Nullable Double peakMebibytes() {
    return number(json.path("peak_rss_mb"));
  }

  private @Nullable Double images(String field) {
    JsonNode node = json.get(field);
    return node == null || node.isNull() ? null : (Double) (pace(node).median() * batch());
  }

  private static Pace pace(JsonNode node) {
    return new Pace(
        node.path("median").asDouble(Double.NaN),
        node.path("min").asDouble(Double.NaN),
        node.path("max").asDouble(Double.NaN));
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? (Double) node.doubleValue() : null;
  }
}
