package io.github.jvae.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.error.FileFault;
import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object that people and other programs may have changed: a value of the
 * wrong kind is a fault that names the member, and never taken for a default or for 0.
 *
 * <p>A member that is left out or null gets the value that the caller says, where there is one.
 */
public final class JsonMembers {
  private final String place;
  private final ObjectNode json;

  private JsonMembers(String place, ObjectNode json) {
    this.place = place;
    this.json = json;
  }

  /** The members of the object that a file holds. */
  public static JsonMembers of(ObjectNode json) {
    return new JsonMembers("", json);
  }

  /**
   * The members of an object within that.
   *
   * @param name of the object, for messages
   */
  public static JsonMembers of(String name, ObjectNode json) {
    return new JsonMembers(name + ".", json);
  }

  /**
   * The members of an object within this one; of an empty one if it is left out.
   *
   * @throws VaeException if it is something else
   */
  public JsonMembers object(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return new JsonMembers(place + name + ".", JsonFile.object());
    }
    if (value instanceof ObjectNode object) {
      return new JsonMembers(place + name + ".", object);
    }
    throw fault(name, "an object { … }");
  }

  /**
   * A whole number from 0 that must be there.
   *
   * @param most the greatest that is allowed
   * @throws VaeException if it is not
   */
  public long required(String name, long most) {
    if (find(name) == null) {
      throw new VaeException(place + name + " is missing; it must be a whole number from 0");
    }
    return wholeNumber(name, 0, most, 0);
  }

  /**
   * A whole number that a {@code long} has room for.
   *
   * @throws VaeException if it is given and something else
   */
  public long wholeNumber(String name, long otherwise) {
    return wholeNumber(name, Long.MIN_VALUE, Long.MAX_VALUE, otherwise);
  }

  /**
   * A whole number that an {@code int} has room for.
   *
   * @param least the smallest that is allowed
   * @throws VaeException if it is given and something else
   */
  public int integer(String name, int least, int otherwise) {
    return (int) wholeNumber(name, least, Integer.MAX_VALUE, otherwise);
  }

  private long wholeNumber(String name, long least, long most, long otherwise) {
    JsonNode value = find(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw fault(name, "a whole number from " + least + " to " + most);
    }
    return value.longValue();
  }

  /**
   * A finite number.
   *
   * @throws VaeException if it is given and something else
   */
  public double number(String name, double otherwise) {
    JsonNode value = find(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw fault(name, "a number");
    }
    return value.doubleValue();
  }

  /**
   * Every member, each a finite number.
   *
   * @throws VaeException if one is something else
   */
  public Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    json.fieldNames().forEachRemaining(name -> numbers.put(name, number(name, Double.NaN)));
    numbers.forEach((name, value) -> {
      if (value.isNaN()) {
        throw fault(name, "a number");
      }
    });
    return numbers;
  }

  /**
   * True or false.
   *
   * @throws VaeException if it is given and something else
   */
  public boolean flag(String name, boolean otherwise) {
    JsonNode value = find(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw fault(name, "true or false");
    }
    return value.booleanValue();
  }

  /**
   * Text.
   *
   * @return null if it is left out
   * @throws VaeException if it is given and something else
   */
  public @Nullable String text(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw fault(name, "text");
    }
    return value.textValue();
  }

  /**
   * Text, or a number as text.
   *
   * @return null if it is left out
   * @throws VaeException if it is given and something else
   */
  public @Nullable String textOrNumber(String name) {
    JsonNode value = find(name);
    return value != null && value.isNumber() ? value.asText() : text(name);
  }

  /** The name of the object that these are the members of; empty for a file's own. */
  public String place() {
    return place.isEmpty() ? place : place.substring(0, place.length() - 1);
  }

  private @Nullable JsonNode find(String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private VaeException fault(String name, String demand) {
    return FileFault.fault(
        place + name + " must be " + demand + ", not " + Quote.of(String.valueOf(json.get(name))),
        null);
  }
}
