package io.github.jvae;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import io.github.jvae.plugin.Catalogue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One component in a configuration: its name and its options, as in {@code {"type": "gaussian",
 * "sigma": 0.1}}.
 *
 * @param type the name a plugin gave it
 * @param options everything beside the type
 */
public record ComponentConfig(String type, SortedMap<String, JsonNode> options) {
  private static final String TYPE = "type";

  public ComponentConfig {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /** A component without options. */
  public static ComponentConfig of(String type) {
    return new ComponentConfig(type, Collections.emptySortedMap());
  }

  /** The same with one more option: a number. */
  public ComponentConfig with(String key, double value) {
    return with(key, JsonNodeFactory.instance.numberNode(value));
  }

  /** The same with one more option: a word. */
  public ComponentConfig with(String key, String value) {
    return with(key, JsonNodeFactory.instance.textNode(value));
  }

  /** The same with one more option: a whole number. */
  public ComponentConfig with(String key, int value) {
    return with(key, JsonNodeFactory.instance.numberNode(value));
  }

  /** The same with one more option: whole numbers. */
  public ComponentConfig with(String key, int[] values) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (int value : values) {
      array.add(value);
    }
    return with(key, array);
  }

  /** The same with one more option. */
  public ComponentConfig with(String key, JsonNode value) {
    TreeMap<String, JsonNode> more = new TreeMap<>(options);
    more.put(key, value);
    return new ComponentConfig(type, more);
  }

  /**
   * Reads {@code {"type": …, …}}, or a bare name.
   *
   * @param what which component, for messages
   * @throws VaeException if it is neither
   */
  static ComponentConfig of(String what, JsonNode json) {
    if (json.isTextual()) {
      return of(json.textValue());
    }
    JsonNode type = json.path(TYPE);
    if (!json.isObject() || !type.isTextual()) {
      throw new VaeException(what + " must be {\"type\": \"…\", …}, not " + Quote.bare(json));
    }
    SortedMap<String, JsonNode> options = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!field.getKey().equals(TYPE)) {
        options.put(field.getKey(), field.getValue());
      }
    }
    return new ComponentConfig(type.textValue(), options);
  }

  /** The same with every option written out. */
  ComponentConfig complete(Catalogue catalogue, Catalogue.Kind kind) {
    return new ComponentConfig(type, catalogue.allOptions(kind, type, options));
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(TYPE, type);
    options.forEach(json::set);
    return json;
  }
}
