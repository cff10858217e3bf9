package io.github.jvae.bench.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvae.ComponentConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A component's configuration, over which the flags that were given win, one after another. */
final class ComponentFlags {
  private static final JsonMapper JSON = new JsonMapper();

  private ComponentConfig config;

  /**
   * @param base the configuration without flags
   * @param name the component that was asked for, null for that of the base; another one does not
   *     inherit the options of the one it replaces
   */
  ComponentFlags(ComponentConfig base, @Nullable String name) {
    config = name == null || name.equals(base.type()) ? base : ComponentConfig.of(name);
  }

  /**
   * An option.
   *
   * @param value what JSON has for it: a number, a word, a list; null if the flag was not given
   */
  ComponentFlags set(String key, @Nullable Object value) {
    if (value != null) {
      config = config.with(key, JSON.<JsonNode>valueToTree(value));
    }
    return this;
  }

  /** Options by key, as text: what JSON reads as a value of its own is that, all else a word. */
  ComponentFlags set(Map<String, String> options) {
    options.forEach((key, text) -> set(key, json(text)));
    return this;
  }

  private static JsonNode json(String text) {
    try {
      JsonNode value = JSON.readTree(text);
      return value == null || value.isMissingNode() ? JSON.getNodeFactory().textNode(text) : value;
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  /** The configuration with all of them. */
  ComponentConfig config() {
    return config;
  }
}
