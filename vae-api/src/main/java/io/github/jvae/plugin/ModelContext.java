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
import java.util.function.Function;
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
  private final Map<Kind<?>, Made<?>> components;

  private ModelContext(
      Shape example,
      int latent,
      @Nullable Columns columns,
      SortedMap<String, Shape> conditions,
      Map<Kind<?>, Made<?>> components) {
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

  /**
   * A component and what it came from.
   *
   * @param component the component
   * @param factory makes it of a context
   */
  private record Made<C>(C component, Function<ModelContext, C> factory) {}

  /** Returns the same for a model that has this component, whatever the context. */
  public <C> ModelContext with(Kind<C> kind, C component) {
    return with(kind, new Made<>(component, context -> component));
  }

  /** Returns the same for a model that has the component which a factory makes of this context. */
  public <C> ModelContext withMade(Kind<C> kind, Function<ModelContext, C> factory) {
    return with(kind, new Made<>(factory.apply(this), factory));
  }

  private <C> ModelContext with(Kind<C> kind, Made<C> made) {
    Map<Kind<?>, Made<?>> more = new LinkedHashMap<>(components);
    more.put(kind, made);
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
    return kind.type().cast(made(kind).component());
  }

  /**
   * Returns a component as its factory makes it of another context, such as one with more
   * conditions: a model of several networks of one architecture needs them so.
   *
   * @throws IllegalStateException as {@link #component} does
   */
  public <C> C componentIn(ModelContext other, Kind<C> kind) {
    return kind.type().cast(made(kind).factory().apply(other));
  }

  private Made<?> made(Kind<?> kind) {
    Made<?> made = components.get(kind);
    if (made == null) {
      throw new IllegalStateException("the " + kind + " is made later than what asks for it");
    }
    return made;
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
