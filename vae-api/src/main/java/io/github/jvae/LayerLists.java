package io.github.jvae;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Initialization;
import io.github.jvae.model.Layer;
import io.github.jvae.plugin.ArchitectureTemplate;
import io.github.jvae.plugin.ComponentOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * An architecture written out layer by layer in a configuration: {@code {"type": "layers",
 * "encoder": [{"layer": "flatten"}, {"layer": "dense", "units": 400}], "decoder": […]}}.
 */
final class LayerLists {
  /** Takes no number for what it is not: 2.5 units are not 2, and null is no layer of 0. */
  private static final JsonMapper JSON = JsonMapper.builder()
      .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
      .build();

  private LayerLists() {}

  static ArchitectureTemplate of(ComponentOptions options) {
    List<Layer> encoder = layers(options, "encoder");
    List<Layer> decoder = layers(options, "decoder");
    Initialization init = CorePlugin.initialization(options);
    return (input, latent, channelsPerPixel) ->
        new Architecture(input, latent, channelsPerPixel, encoder, decoder).with(init);
  }

  private static List<Layer> layers(ComponentOptions options, String key) {
    JsonNode list = options.get(key);
    if (list == null || !list.isArray()) {
      throw new VaeException("architecture layers: " + key + " must be a list of layers");
    }
    List<Layer> result = new ArrayList<>();
    for (JsonNode node : list) {
      result.add(layer(key + " layer " + result.size(), node));
    }
    return result;
  }

  private static Layer layer(String place, JsonNode node) {
    if (!node.isObject()) {
      throw new VaeException(
          "architecture layers: " + place + " must be {\"layer\": \"…\", …}, not " + node);
    }
    try {
      return JSON.treeToValue(node, Layer.class);
    } catch (JsonProcessingException e) {
      Throwable fault = e;
      while (fault.getCause() != null) {
        fault = fault.getCause();
      }
      String reason = fault instanceof JsonProcessingException json
          ? json.getOriginalMessage()
          : fault.getMessage();
      throw new VaeException(
          "architecture layers: " + place + " " + Quote.bare(node) + ": " + Quote.message(reason),
          e);
    }
  }

  /** The JSON of a list of layers, as {@link #of} reads it. */
  static JsonNode json(List<Layer> layers) {
    // An array, as a list would not tell the mapper that its elements are layers of many kinds.
    return JSON.valueToTree(layers.toArray(Layer[]::new));
  }
}
