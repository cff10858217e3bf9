package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of each example beside the example itself, by name: its label, which of its
 * elements were observed. A model is given the conditions it asks for, when it learns and when it
 * samples.
 */
public final class Conditions {
  private static final Conditions NONE = new Conditions(Map.of());

  private final Map<String, Tensor> values;

  private Conditions(Map<String, Tensor> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns no conditions at all. */
  public static Conditions none() {
    return NONE;
  }

  /** Returns conditions by name, each with one row per example, [B, ...]. */
  public static Conditions of(Map<String, Tensor> values) {
    return values.isEmpty() ? NONE : new Conditions(values);
  }

  /**
   * Returns the conditions of examples that a model makes up itself: a mask that hides nothing, if
   * the model is told one.
   *
   * @param examples [K, ...]
   * @param told what the model is told of examples that it is given
   * @throws VaeException if that is more than the mask, which nobody knows for these examples
   */
  public static Conditions ofObserved(Tensor examples, Conditions told) {
    Set<String> unknown = new TreeSet<>(told.names());
    unknown.remove(Inputs.MASK);
    if (!unknown.isEmpty()) {
      throw new ConfigurationException("a prior of pseudo-inputs does not know their "
          + Quote.list(unknown) + ", which the model is told of each example; take the conditional"
          + " prior, or leave the conditions out");
    }
    return told.has(Inputs.MASK)
        ? of(Map.of(Inputs.MASK, examples.trace().scalar(1).broadcastTo(examples.shape())))
        : NONE;
  }

  /**
   * Returns a condition, [B, ...].
   *
   * @throws VaeException if the model was not given it; the message says what it was given
   */
  public Tensor get(String name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new ConfigurationException("a component needs the condition " + Quote.of(name)
          + ", but the model is given "
          + (values.isEmpty() ? "none" : Quote.list(new TreeSet<>(values.keySet())))
          + "; name it among the model's conditions");
    }
    return value;
  }

  /** Returns these conditions and one more, or another one of that name. */
  public Conditions with(String name, Tensor value) {
    Map<String, Tensor> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return of(more);
  }

  /** Returns whether there is a condition of this name. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns the names of all conditions. */
  public Set<String> names() {
    return values.keySet();
  }

  /** Returns all conditions by name. */
  public Map<String, Tensor> asMap() {
    return values;
  }

  /**
   * Returns what a network takes: something for its first input, and for every further one the
   * condition of that name.
   *
   * @throws VaeException if there is no such condition
   */
  public Map<String, Tensor> joined(Network network, Tensor first) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    network
        .inputs()
        .keySet()
        .forEach(name -> inputs.put(name, inputs.isEmpty() ? first : get(name)));
    return inputs;
  }

  /** Returns the conditions of each example several times in a row, [B · times, ...]. */
  public Conditions repeat(int times) {
    Map<String, Tensor> repeated = new LinkedHashMap<>();
    values.forEach((name, value) -> repeated.put(name, Rows.repeat(value, times)));
    return of(repeated);
  }
}
