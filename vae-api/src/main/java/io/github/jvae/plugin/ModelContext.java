package io.github.jvae.plugin;

import io.github.jvae.column.Columns;
import io.github.jvae.model.ColumnFeatures;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.tensor.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a factory may know of the model that its component is to be part of: its shapes, and the
 * components that were made before, which come in the order of {@link Kind#all}. Immutable.
 */
public final class ModelContext {
  private final Shape example;
  private final int latent;
  private final @Nullable Columns columns;
  private final SortedMap<String, Shape> conditions;
  private final Map<Kind<?>, Object> components;

  private ModelContext(
      Shape example,
      int latent,
      @Nullable Columns columns,
      SortedMap<String, Shape> conditions,
      Map<Kind<?>, Object> components) {
    this.example = example;
    this.latent = latent;
    this.columns = columns;
    this.conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
    this.components = Map.copyOf(components);
  }

  /**
   * Returns the context of a model without conditions.
   *
   * @param example the shape of one example, without the batch
   * @param latent the extent of the latent vector
   */
  public static ModelContext of(Shape example, int latent) {
    return new ModelContext(example, latent, null, Collections.emptySortedMap(), Map.of());
  }

  /**
   * Returns the same for a model that is given conditions with each example.
   *
   * @param shapes the shape of one of each, without the batch, by name
   */
  public ModelContext withConditions(Map<String, Shape> shapes) {
    return new ModelContext(example, latent, columns, new TreeMap<>(shapes), components);
  }

  /** Returns the same for examples of which each element is a column. */
  public ModelContext withColumns(Columns known) {
    return new ModelContext(example, latent, known, conditions, components);
  }

  /** Returns the same for a model that has this component. */
  public <C> ModelContext with(Kind<C> kind, C component) {
    Map<Kind<?>, Object> more = new LinkedHashMap<>(components);
    more.put(kind, component);
    return new ModelContext(example, latent, columns, conditions, more);
  }

  /** Returns the shape of one example, without the batch. */
  public Shape example() {
    return example;
  }

  /** Returns the extent of the latent vector. */
  public int latent() {
    return latent;
  }

  /** Returns what each element of an example is, where each has a name; empty otherwise. */
  public Optional<Columns> columns() {
    return Optional.ofNullable(columns);
  }

  /** Returns the shapes of the conditions by name, without the batch. */
  public SortedMap<String, Shape> conditions() {
    return conditions;
  }

  /**
   * Returns a component of the model.
   *
   * @throws IllegalStateException if there is none of the kind yet: an error of who wrote the
   *     factory
   */
  public <C> C component(Kind<C> kind) {
    Object component = components.get(kind);
    if (component == null) {
      throw new IllegalStateException("the " + kind + " is made later than what asks for it");
    }
    return kind.type().cast(component);
  }

  /** Returns what networks see of a table's rows; empty where examples are no such rows. */
  public Optional<ColumnFeatures> features() {
    return columns()
        .map(known -> ColumnFeatures.of(
            known, component(Kind.LIKELIHOOD), conditions.containsKey(Inputs.MASK)));
  }

  /** Returns what the networks of encoder and decoder have to take and to make. */
  public NetworkShapes networkShapes() {
    return NetworkShapes.of(example, latent)
        .withInput(features().map(ColumnFeatures::shape).orElse(example))
        .withDecoded(component(Kind.LIKELIHOOD).decoded(example))
        .withHeads(component(Kind.POSTERIOR).heads(latent))
        .withConditions(conditions);
  }
}
