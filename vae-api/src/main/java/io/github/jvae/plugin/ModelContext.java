package io.github.jvae.plugin;

import io.github.jvae.tensor.Shape;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a factory may know of the model that its component is to be part of. Immutable. */
public final class ModelContext {
  private final Shape example;
  private final int latent;
  private final SortedMap<String, Shape> conditions;

  private ModelContext(Shape example, int latent, SortedMap<String, Shape> conditions) {
    this.example = example;
    this.latent = latent;
    this.conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
  }

  /**
   * Returns the context of a model without conditions.
   *
   * @param example the shape of one example, without the batch
   * @param latent the extent of the latent vector
   */
  public static ModelContext of(Shape example, int latent) {
    return new ModelContext(example, latent, Collections.emptySortedMap());
  }

  /**
   * Returns the same for a model that is given conditions with each example.
   *
   * @param shapes the shape of one of each, without the batch, by name
   */
  public ModelContext withConditions(Map<String, Shape> shapes) {
    return new ModelContext(example, latent, new TreeMap<>(shapes));
  }

  /** Returns the shape of one example, without the batch. */
  public Shape example() {
    return example;
  }

  /** Returns the extent of the latent vector. */
  public int latent() {
    return latent;
  }

  /** Returns the shapes of the conditions by name, without the batch. */
  public SortedMap<String, Shape> conditions() {
    return conditions;
  }
}
