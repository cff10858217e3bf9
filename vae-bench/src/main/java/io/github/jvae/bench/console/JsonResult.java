package io.github.jvae.bench.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import org.jspecify.annotations.Nullable;

/** The result of a command as one line of JSON. What is not a finite number is null. */
public final class JsonResult {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  /** Adds a number, or null where there is none or it is not finite. */
  public JsonResult put(String key, @Nullable Double value) {
    if (value == null || !Double.isFinite(value)) {
      json.putNull(key);
    } else {
      json.put(key, value);
    }
    return this;
  }

  /** Adds a whole number. */
  public JsonResult put(String key, long value) {
    json.put(key, value);
    return this;
  }

  /** Adds text, or null. */
  public JsonResult put(String key, @Nullable String value) {
    json.put(key, value);
    return this;
  }

  /** Adds anything. */
  public JsonResult put(String key, JsonNode value) {
    json.set(key, value);
    return this;
  }

  /** Adds what was measured, in nats per example; nulls where nothing was. */
  public JsonResult put(@Nullable Metrics metrics) {
    put("elbo", metrics == null ? null : (Double) metrics.elbo());
    put("elbo_standard_error", metrics == null ? null : (Double) metrics.elboStandardError());
    put("log_likelihood", metrics == null ? null : (Double) metrics.logLikelihood());
    put("kl", metrics == null ? null : (Double) metrics.kl());
    if (metrics != null) {
      metrics.terms().forEach((name, value) -> put(name, value));
    }
    return put("bits_per_dim", metrics == null ? null : metrics.bitsPerDim());
  }

  /** The object, such as for a file. */
  public ObjectNode toJson() {
    return json;
  }

  /** Adds a value as files have it. */
  public JsonResult put(String key, OptionValue value) {
    json.setAll(tree(Options.none().with(key, value)));
    return this;
  }

  private static ObjectNode tree(Options options) {
    try {
      return (ObjectNode) MAPPER.readTree(JsonFile.toLine(options));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was just written", e);
    }
  }

  /** The object as values, such as for a file. */
  public Options toOptions() {
    return (Options) JsonFile.value(json.toString()).orElseThrow();
  }

  /** One line. */
  @Override
  public String toString() {
    return json.toString();
  }
}
