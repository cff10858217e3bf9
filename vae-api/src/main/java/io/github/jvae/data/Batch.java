package io.github.jvae.data;

import io.github.jvae.tensor.HostTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Some examples together, what is known beside them, and which ones they are. */
public final class Batch {
  private final int number;
  private final HostTensor x;
  private final Map<String, HostTensor> conditions;
  private final int[] indices;

  Batch(int number, HostTensor x, Map<String, HostTensor> conditions, int[] indices) {
    this.number = number;
    this.x = x;
    this.conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
    this.indices = indices;
  }

  /** Returns the place of the batch in its epoch, from 0. */
  public int number() {
    return number;
  }

  /** Returns the examples, [batch, shape of one]. The array is nobody else's. */
  public HostTensor x() {
    return x;
  }

  /**
   * Returns the conditions that were asked for by name, each [batch, shape of the condition], in
   * the order in which they were asked for; the mask among them.
   */
  public Map<String, HostTensor> conditions() {
    return conditions;
  }

  /** Returns the mask, 1 for what was observed, if it was asked for. */
  public Optional<HostTensor> mask() {
    return Optional.ofNullable(conditions.get(Mask.NAME));
  }

  /** Returns the index of each example in its data set; a copy. */
  public int[] indices() {
    return indices.clone();
  }

  /** Returns the number of examples. */
  public int size() {
    return indices.length;
  }
}
