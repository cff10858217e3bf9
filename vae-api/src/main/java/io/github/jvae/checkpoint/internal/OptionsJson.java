package io.github.jvae.checkpoint.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How values become JSON and come back: the only place where one turns into the other. */
final class OptionsJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private OptionsJson() {}

  static ObjectNode node(Options options) {
    ObjectNode node = NODES.objectNode();
    options.values().forEach((name, value) -> node.set(name, node(value)));
    return node;
  }

  private static JsonNode node(OptionValue value) {
    if (value instanceof Options options) {
      return node(options);
    }
    if (value instanceof OptionValue.Items items) {
      ArrayNode array = NODES.arrayNode();
      items.values().forEach(item -> array.add(node(item)));
      return array;
    }
    if (value instanceof OptionValue.Text text) {
      return NODES.textNode(text.value());
    }
    if (value instanceof OptionValue.Whole whole) {
      return NODES.numberNode(whole.value());
    }
    if (value instanceof OptionValue.Real real) {
      return NODES.numberNode(real.value());
    }
    return value instanceof OptionValue.Flag flag
        ? NODES.booleanNode(flag.value())
        : NODES.nullNode();
  }

  static Options options(ObjectNode node) {
    Map<String, OptionValue> values = new LinkedHashMap<>();
    node.properties().forEach(member -> values.put(member.getKey(), value(member.getValue())));
    return Options.of(values);
  }

  static OptionValue value(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return options(object);
    }
    return switch (node.getNodeType()) {
      case ARRAY -> {
        List<OptionValue> items = new ArrayList<>();
        node.forEach(item -> items.add(value(item)));
        yield new OptionValue.Items(items);
      }
      case STRING -> OptionValue.of(node.textValue());
      case BOOLEAN -> OptionValue.of(node.booleanValue());
      case NUMBER ->
        node.isIntegralNumber()
            ? new OptionValue.Whole(node.bigIntegerValue())
            : OptionValue.of(node.doubleValue());
      default -> OptionValue.Nothing.NOTHING;
    };
  }
}
