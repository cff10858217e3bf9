package io.github.jvae.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of one component in a configuration, such as {@code sigma} of {@code {"type":
 * "gaussian", "sigma": 0.1}}. Remembers what was read, so that a misspelt option is an error and
 * not silence.
 */
public final class ComponentOptions {
  private static final String WHOLE =
      "must be a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;

  private final String owner;
  private final Map<String, JsonNode> values;
  private final Set<String> read = new LinkedHashSet<>();
  private final SortedMap<String, JsonNode> effective = new TreeMap<>();

  /**
   * @param owner whose options these are, for messages, such as {@code likelihood gaussian}
   * @param values the options
   */
  public ComponentOptions(String owner, Map<String, JsonNode> values) {
    this.owner = owner;
    this.values = Map.copyOf(values);
  }

  /** An option as it stands, or null if it is not given. */
  public @Nullable JsonNode get(String key) {
    read.add(key);
    JsonNode value = values.get(key);
    if (value != null) {
      effective.put(key, value);
    }
    return value;
  }

  private void useDefault(String key, JsonNode value) {
    effective.put(key, value);
  }

  /** What was read: the options given, and the defaults of those that were not. */
  public SortedMap<String, JsonNode> effective() {
    return Collections.unmodifiableSortedMap(effective);
  }

  /**
   * A number.
   *
   * @throws VaeException if it is given and no number
   */
  public double number(String key, double otherwise) {
    JsonNode value = get(key);
    if (value == null) {
      useDefault(key, JsonNodeFactory.instance.numberNode(otherwise));
      return otherwise;
    }
    if (!value.isNumber()) {
      throw fault(key, "must be a number", value);
    }
    return value.doubleValue();
  }

  /**
   * A whole number.
   *
   * @throws VaeException if it is given and no whole number
   */
  public int integer(String key, int otherwise) {
    JsonNode value = get(key);
    if (value == null) {
      useDefault(key, JsonNodeFactory.instance.numberNode(otherwise));
      return otherwise;
    }
    return integer(key, value);
  }

  /**
   * A list of whole numbers.
   *
   * @throws VaeException if it is given and something else
   */
  public int[] integers(String key, int... otherwise) {
    JsonNode value = get(key);
    if (value == null) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      Arrays.stream(otherwise).forEach(list::add);
      useDefault(key, list);
      return otherwise;
    }
    if (!value.isArray()) {
      throw fault(key, "must be a list of whole numbers", value);
    }
    int[] numbers = new int[value.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = integer(key, value.get(i));
    }
    return numbers;
  }

  private int integer(String key, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw fault(key, WHOLE, value);
    }
    return value.intValue();
  }

  /**
   * A word.
   *
   * @throws VaeException if it is given and no text
   */
  public String text(String key, String otherwise) {
    JsonNode value = get(key);
    if (value == null) {
      useDefault(key, JsonNodeFactory.instance.textNode(otherwise));
      return otherwise;
    }
    if (!value.isTextual()) {
      throw fault(key, "must be text", value);
    }
    return value.textValue();
  }

  /**
   * One of some words.
   *
   * @throws VaeException if it is given and none of them
   */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    JsonNode value = get(key);
    if (value == null) {
      useDefault(key, JsonNodeFactory.instance.textNode(word(otherwise)));
      return otherwise;
    }
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String word = word(constant);
      if (value.isTextual() && value.textValue().replace('_', '-').equals(word)) {
        return constant;
      }
      words.add(word);
    }
    throw fault(key, "must be one of " + String.join(", ", words), value);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A fault in an option's value, as an error to throw. */
  public VaeException fault(String key, String demand, JsonNode value) {
    return new VaeException(owner + ": " + key + " " + demand + ", not " + Quote.bare(value));
  }

  /**
   * Ends the reading.
   *
   * @throws VaeException if an option was given that nobody asked for
   */
  public void requireAllRead() {
    Set<String> unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(read);
    if (!unknown.isEmpty()) {
      throw new VaeException(owner
          + ": unknown option "
          + Quote.list(unknown)
          + "; it knows "
          + (read.isEmpty() ? "none" : String.join(", ", read)));
    }
  }
}
