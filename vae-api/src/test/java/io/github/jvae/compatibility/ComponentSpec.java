package io.github.jvae.compatibility;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A named component with its options, as a configuration has it.
 *
 * @param type the name in the catalogue
 * @param options the rest
 */
record ComponentSpec(String type, Map<String, JsonNode> options) {

  /** Reads {@code {"type": …, option: …}}. */
  static ComponentSpec of(String json) {
    try {
      return of(new ObjectMapper().readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** Reads {@code {"type": …, option: …}}, without the options named. */
  static ComponentSpec of(JsonNode json, String... without) {
    Map<String, JsonNode> options = new LinkedHashMap<>();
    json.properties().forEach(field -> options.put(field.getKey(), field.getValue()));
    JsonNode type = options.remove("type");
    if (type == null) {
      throw new IllegalArgumentException("a component needs a type: " + json);
    }
    for (String key : without) {
      options.remove(key);
    }
    return new ComponentSpec(type.asText(), options);
  }
}
