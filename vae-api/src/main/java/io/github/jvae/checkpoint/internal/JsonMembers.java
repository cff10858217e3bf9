package io.github.jvae.checkpoint.internal;

import io.github.jvae.error.ModelFileException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object that people and other programs may have changed: a value of the
 * wrong kind is a fault that names the member, and never taken for a default or for 0.
 *
 * <p>A member that is left out or null gets the value that the caller says, where there is one.
 */
public final class JsonMembers {
  private final String place;
  private final Options json;

  private JsonMembers(String place, Options json) {
    this.place = place;
    this.json = json;
  }

  /** Returns the members themselves. */
  public Options options() {
    return json;
  }

  /** The members of the object that a file holds. */
  public static JsonMembers of(Options json) {
    return new JsonMembers("", json);
  }

  /**
   * The members of an object within that.
   *
   * @param name of the object, for messages
   */
  public static JsonMembers of(String name, Options json) {
    return new JsonMembers(name + ".", json);
  }

  /**
   * The members of an object within this one; of an empty one if it is left out.
   *
   * @throws VaeException if it is something else
   */
  public JsonMembers object(String name) {
    OptionValue value = find(name);
    if (value == null) {
      return new JsonMembers(place + name + ".", Options.none());
    }
    if (value instanceof Options object) {
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
      throw new ModelFileException(place + name + " is missing; it must be a whole number from 0");
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

  /**
   * A whole number within bounds.
   *
   * @throws VaeException if it is given and something else
   */
  public long wholeNumber(String name, long least, long most, long otherwise) {
    OptionValue value = find(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof OptionValue.Whole whole && whole.isWithin(least, most)) {
      return whole.value().longValue();
    }
    throw fault(name, "a whole number from " + least + " to " + most);
  }

  /**
   * A finite number.
   *
   * @throws VaeException if it is given and something else
   */
  public double number(String name, double otherwise) {
    OptionValue value = find(name);
    if (value == null) {
      return otherwise;
    }
    Double number = finite(value);
    if (number == null) {
      throw fault(name, "a number");
    }
    return number;
  }

  private static @Nullable Double finite(OptionValue value) {
    double number = value instanceof OptionValue.Real real
        ? real.value()
        : value instanceof OptionValue.Whole whole ? whole.value().doubleValue() : Double.NaN;
    return Double.isFinite(number) ? (Double) number : null;
  }

  /**
   * Every member, each a finite number.
   *
   * @throws VaeException if one is something else
   */
  public Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    json.names().forEach(name -> numbers.put(name, number(name, Double.NaN)));
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
    OptionValue value = find(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof OptionValue.Flag flag) {
      return flag.value();
    }
    throw fault(name, "true or false");
  }

  /**
   * Text.
   *
   * @return null if it is left out
   * @throws VaeException if it is given and something else
   */
  public @Nullable String text(String name) {
    OptionValue value = find(name);
    if (value == null) {
      return null;
    }
    if (value instanceof OptionValue.Text text) {
      return text.value();
    }
    throw fault(name, "text");
  }

  /**
   * Text, or a number as text.
   *
   * @return null if it is left out
   * @throws VaeException if it is given and something else
   */
  public @Nullable String textOrNumber(String name) {
    OptionValue value = find(name);
    return value instanceof OptionValue.Whole || value instanceof OptionValue.Real
        ? value.toString()
        : text(name);
  }

  /**
   * Returns the objects of a list; none if it is left out.
   *
   * @throws VaeException if it is given and something else
   */
  public List<JsonMembers> objects(String name) {
    List<JsonMembers> objects = new ArrayList<>();
    for (OptionValue value : list(name, "a list of objects [{ … }]")) {
      if (!(value instanceof Options object)) {
        throw fault(name, "a list of objects [{ … }]");
      }
      objects.add(of(place + name, object));
    }
    return objects;
  }

  /**
   * Returns the finite numbers of a list; none if it is left out.
   *
   * @throws VaeException if it is given and something else
   */
  public List<Double> numberList(String name) {
    List<Double> numbers = new ArrayList<>();
    for (OptionValue value : list(name, "a list of numbers")) {
      Double number = finite(value);
      if (number == null) {
        throw fault(name, "a list of numbers");
      }
      numbers.add(number);
    }
    return numbers;
  }

  private List<OptionValue> list(String name, String demand) {
    OptionValue value = find(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof OptionValue.Items items) {
      return items.values();
    }
    throw fault(name, demand);
  }

  /** Returns the names of all members. */
  public Set<String> names() {
    return json.names();
  }

  /** The name of the object that these are the members of; empty for a file's own. */
  public String place() {
    return place.isEmpty() ? place : place.substring(0, place.length() - 1);
  }

  private @Nullable OptionValue find(String name) {
    OptionValue value = json.get(name);
    return value == OptionValue.Nothing.NOTHING ? null : value;
  }

  private VaeException fault(String name, String demand) {
    return new ModelFileException(
        place + name + " must be " + demand + ", not " + Quote.of(String.valueOf(json.get(name))));
  }
}
