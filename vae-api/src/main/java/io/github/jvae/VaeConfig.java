package io.github.jvae;

import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Standardization;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.model.Likelihood;
import io.github.jvae.objective.Elbo;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a model is, as data; the {@code model} part of a model folder's {@code config.json}:
 *
 * <pre>{@code
 * {
 *   "input": [1, 28, 28],
 *   "architecture": {"type": "mlp", "hidden": [400], "activation": "relu"},
 *   "latent": 20,
 *   "likelihood": {"type": "bernoulli"},
 *   "prior": {"type": "standard-normal"},
 *   "objective": {"type": "elbo", "form": "closed-form"}
 * }
 * }</pre>
 *
 * <p>Nothing here names an engine: the same configuration runs on each. A model that is told more
 * of each example has {@code "conditions": {"label": [10]}}, and other parts than the usual have
 * {@code posterior}, {@code encoder}, {@code decoder} and {@code model}.
 *
 * @param input one example; for images channels, height, width
 * @param latent the extent of the latent vector
 * @param columns what each element of an example is, where each has a name; empty otherwise
 * @param conditions the extents of what is known of each example beside, by name
 * @param components those that are named, one of a kind
 */
public record VaeConfig(
    List<Integer> input,
    int latent,
    Optional<Columns> columns,
    SortedMap<String, List<Integer>> conditions,
    Map<Kind<?>, ComponentConfig> components) {
  private static final String INPUT = "input";
  private static final String LATENT = "latent";
  private static final String COLUMNS = "columns";
  private static final String CONDITIONS = "conditions";

  /** What a model has of the kinds that it need not name. */
  private static final Map<Kind<?>, ComponentConfig> USUAL = Map.of(
      Kind.POSTERIOR, ComponentConfig.of(DiagonalGaussianFamily.NAME),
      Kind.ENCODER, ComponentConfig.of(CorePlugin.NETWORK),
      Kind.DECODER, ComponentConfig.of(CorePlugin.NETWORK),
      Kind.MODEL, ComponentConfig.of(CorePlugin.STANDARD));

  /** Keeps copies. */
  public VaeConfig {
    input = List.copyOf(input);
    SortedMap<String, List<Integer>> kept = new TreeMap<>();
    conditions.forEach((name, extents) -> kept.put(name, List.copyOf(extents)));
    conditions = Collections.unmodifiableSortedMap(kept);
    Map<Kind<?>, ComponentConfig> ordered = new LinkedHashMap<>();
    for (Kind<?> kind : Kind.all()) {
      ComponentConfig component = components.get(kind);
      if (component != null) {
        ordered.put(kind, component);
      }
    }
    components = Collections.unmodifiableMap(ordered);
  }

  /**
   * Returns the configuration of images of one channel and 28 x 28 pixels, {@code mlp} with 400
   * units, 20 latent, Bernoulli.
   */
  public static VaeConfig defaults() {
    return new VaeConfig(
        List.of(1, 28, 28),
        20,
        Optional.empty(),
        new TreeMap<>(),
        Map.of(
            Kind.ARCHITECTURE, ComponentConfig.of(CorePlugin.MLP),
            Kind.LIKELIHOOD, ComponentConfig.of(Bernoulli.NAME),
            Kind.PRIOR, ComponentConfig.of(StandardNormal.NAME),
            Kind.OBJECTIVE, ComponentConfig.of(Elbo.NAME)));
  }

  /** Returns the same for other images, [channels, height, width]. */
  public VaeConfig withInput(List<Integer> extents) {
    return new VaeConfig(extents, latent, columns, conditions, components);
  }

  /** Returns the same with a latent vector of another extent. */
  public VaeConfig withLatent(int extent) {
    return new VaeConfig(input, extent, columns, conditions, components);
  }

  /** Returns the same for examples of which each element is a column, one after the other. */
  public VaeConfig withColumns(Columns known) {
    return new VaeConfig(List.of(known.size()), latent, Optional.of(known), conditions, components);
  }

  /** Returns the same for a model that is told other things of each example, by their extents. */
  public VaeConfig withConditions(Map<String, List<Integer>> extents) {
    return new VaeConfig(input, latent, columns, new TreeMap<>(extents), components);
  }

  /** Returns the same with another component of a kind. */
  public VaeConfig with(Kind<?> kind, ComponentConfig component) {
    Map<Kind<?>, ComponentConfig> others = new LinkedHashMap<>(components);
    others.put(kind, component);
    return new VaeConfig(input, latent, columns, conditions, others);
  }

  /**
   * Returns the component of a kind.
   *
   * @throws VaeException if the model has none
   */
  public ComponentConfig component(Kind<?> kind) {
    ComponentConfig component = components.getOrDefault(kind, USUAL.get(kind));
    if (component == null) {
      throw new ConfigurationException("the configuration has no " + kind + "; name one");
    }
    return component;
  }

  /** Returns the networks. */
  public ComponentConfig architecture() {
    return component(Kind.ARCHITECTURE);
  }

  /** Returns {@code p(x|z)}. */
  public ComponentConfig likelihood() {
    return component(Kind.LIKELIHOOD);
  }

  /** Returns {@code p(z)}. */
  public ComponentConfig prior() {
    return component(Kind.PRIOR);
  }

  /** Returns what training minimises. */
  public ComponentConfig objective() {
    return component(Kind.OBJECTIVE);
  }

  /**
   * Returns everything that is wrong with this configuration, each in a sentence; nothing if it is
   * fine.
   *
   * @param catalogue knows the components
   */
  public List<String> faults(Catalogue catalogue) {
    List<String> faults = new ArrayList<>();
    if (input.isEmpty() || input.stream().anyMatch(extent -> extent < 1)) {
      faults.add("input must be the shape of an example, such as [channels, height, width], each at"
          + " least 1, not " + Quote.bare(input));
    }
    if (latent < 1) {
      faults.add("latent must be at least 1, not " + latent);
    }
    columns
        .filter(known -> !input.equals(List.of(known.size())))
        .ifPresent(known -> faults.add("there are " + known.size() + " columns, but input is "
            + Quote.bare(input) + "; it must be [" + known.size() + "]"));
    conditions.forEach((name, extents) -> {
      if (extents.isEmpty() || extents.stream().anyMatch(extent -> extent < 1)) {
        faults.add("conditions: " + name + " must be a shape, such as [10] for 10 classes, each at"
            + " least 1, not " + Quote.bare(extents));
      }
    });
    for (Kind<?> kind : components.keySet()) {
      collect(faults, () -> complete(catalogue, kind));
    }
    if (faults.isEmpty()) {
      collect(faults, () -> ModelParts.of(this, catalogue, null));
    }
    return faults;
  }

  private static void collect(List<String> faults, Runnable part) {
    try {
      part.run();
    } catch (VaeException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
  }

  private ComponentConfig complete(Catalogue catalogue, Kind<?> kind) {
    return component(kind).complete(catalogue, kind);
  }

  /** Returns what the factories of components know before any of them has made one. */
  ModelContext context() {
    Map<String, Shape> shapes = new TreeMap<>();
    conditions.forEach((name, extents) -> shapes.put(name, shape(extents)));
    ModelContext context = ModelContext.of(shape(), latent).withConditions(shapes);
    return columns.map(context::withColumns).orElse(context);
  }

  /**
   * Returns how numbers of a table are standardized before this model sees them: those columns in
   * which its likelihood takes any number, by their moments in a training part; what is observed of
   * them. Nothing is done to other columns, nor to examples that are no table.
   *
   * @param train is read once, if there is such a column
   * @throws VaeException if the likelihood cannot be made
   */
  public Transforms standardization(Catalogue catalogue, Examples train) {
    if (columns.isEmpty()) {
      return Transforms.none();
    }
    ComponentConfig component = likelihood();
    Likelihood likelihood =
        catalogue.create(Kind.LIKELIHOOD, component.type(), component.options(), context());
    Columns table = columns.get();
    IntPredicate standardized =
        place -> isMeasured(table.get(place)) && likelihood.takesAnyNumber(place);
    return IntStream.range(0, table.size()).anyMatch(standardized)
        ? Transforms.of(Standardization.of(train, standardized))
        : Transforms.none();
  }

  private static boolean isMeasured(Column column) {
    return column.kind() == ColumnKind.NUMERIC || column.kind() == ColumnKind.COUNT;
  }

  /**
   * Checks everything at once.
   *
   * @throws VaeException that lists every fault
   */
  public void validate(Catalogue catalogue) {
    requireNone(faults(catalogue));
  }

  /**
   * Returns this configuration with every option written out, those left to their defaults too:
   * what is saved with a model, so that a later version may change a default.
   *
   * @throws VaeException if a component or an option is unknown or out of range
   */
  public VaeConfig complete(Catalogue catalogue) {
    VaeConfig complete = this;
    for (Kind<?> kind : components.keySet()) {
      complete = complete.with(kind, complete(catalogue, kind));
    }
    return complete;
  }

  private static void requireNone(List<String> faults) {
    if (faults.size() == 1) {
      throw new ConfigurationException("the configuration has a fault: " + faults.get(0));
    }
    if (!faults.isEmpty()) {
      StringBuilder message =
          new StringBuilder("the configuration has " + faults.size() + " faults:");
      for (int i = 0; i < faults.size(); i++) {
        message.append(i == 0 ? " (" : "; (").append(i + 1).append(") ").append(faults.get(i));
      }
      throw new ConfigurationException(message.toString());
    }
  }

  /** Returns the shape of one example; of an image [channels, height, width]. */
  public Shape shape() {
    return shape(input);
  }

  private static Shape shape(List<Integer> extents) {
    return Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * Reads a configuration. What is not given is as in {@link #defaults}, but {@code input} must be.
   *
   * @throws VaeException that lists unknown keys and values of the wrong kind, all at once
   */
  public static VaeConfig of(OptionValue value) {
    if (!(value instanceof Options options)) {
      throw new ConfigurationException(
          "a configuration must be an object { … }, not " + Quote.bare(value));
    }
    List<String> faults = new ArrayList<>();
    Set<String> unknown = new TreeSet<>(options.names());
    unknown.removeAll(keys());
    if (!unknown.isEmpty()) {
      faults.add(
          "unknown key " + Quote.list(unknown) + "; the keys are " + String.join(", ", keys()));
    }
    VaeConfig config = defaults();
    config = read(faults, options, INPUT, config, (c, given) -> c.withInput(extents(INPUT, given)));
    if (!options.has(INPUT)) {
      faults.add("input is missing; write [channels, height, width]");
    }
    config =
        read(faults, options, LATENT, config, (c, given) -> c.withLatent(extent(LATENT, given)));
    config = read(
        faults,
        options,
        COLUMNS,
        config,
        (c, given) -> new VaeConfig(
            c.input(), c.latent(), Optional.of(Columns.of(given)), c.conditions(), c.components()));
    config = read(
        faults, options, CONDITIONS, config, (c, given) -> c.withConditions(conditions(given)));
    for (Kind<?> kind : Kind.all()) {
      config = read(
          faults,
          options,
          kind.name(),
          config,
          (c, given) -> c.with(kind, ComponentConfig.of(kind.name(), given)));
    }
    requireNone(faults);
    return config;
  }

  private static SortedSet<String> keys() {
    SortedSet<String> keys = new TreeSet<>(Set.of(INPUT, LATENT, COLUMNS, CONDITIONS));
    Kind.all().forEach(kind -> keys.add(kind.name()));
    return keys;
  }

  private static VaeConfig read(
      List<String> faults,
      Options options,
      String key,
      VaeConfig before,
      BiFunction<VaeConfig, OptionValue, VaeConfig> reader) {
    OptionValue value = options.get(key);
    try {
      return value == null ? before : reader.apply(before, value);
    } catch (VaeException e) {
      faults.add(String.valueOf(e.getMessage()));
      return before;
    }
  }

  private static List<Integer> extents(String key, OptionValue value) {
    if (!(value instanceof OptionValue.Items items)) {
      throw new ConfigurationException(
          key + " must be a list of extents [ … ], not " + Quote.bare(value));
    }
    return items.values().stream().map(item -> extent(key, item)).toList();
  }

  private static Map<String, List<Integer>> conditions(OptionValue value) {
    if (!(value instanceof Options named)) {
      throw new ConfigurationException(
          "conditions must be an object such as {\"label\": [10]}, not " + Quote.bare(value));
    }
    Map<String, List<Integer>> conditions = new TreeMap<>();
    named
        .values()
        .forEach((name, extents) -> conditions.put(name, extents("conditions: " + name, extents)));
    return conditions;
  }

  private static int extent(String key, OptionValue value) {
    if (value instanceof OptionValue.Whole whole
        && whole.isWithin(Integer.MIN_VALUE, Integer.MAX_VALUE)) {
      return whole.value().intValue();
    }
    throw new ConfigurationException(key + " must be a whole number from 1 to " + Integer.MAX_VALUE
        + ", not " + Quote.bare(value));
  }

  /** Returns this configuration as {@link #of} reads it. */
  public Options toOptions() {
    Options options = Options.none().with(INPUT, OptionValue.of(input));
    if (columns.isPresent()) {
      options = options.with(COLUMNS, columns.get().toValue());
    }
    if (!conditions.isEmpty()) {
      Options named = Options.none();
      for (Map.Entry<String, List<Integer>> condition : conditions.entrySet()) {
        named = named.with(condition.getKey(), OptionValue.of(condition.getValue()));
      }
      options = options.with(CONDITIONS, named);
    }
    // The networks come first, as people look for them first.
    ComponentConfig networks = components.get(Kind.ARCHITECTURE);
    options =
        networks == null ? options : options.with(Kind.ARCHITECTURE.name(), networks.toOptions());
    options = options.with(LATENT, latent);
    for (Map.Entry<Kind<?>, ComponentConfig> component : components.entrySet()) {
      // What is there already stays in its place.
      options = options.with(component.getKey().name(), component.getValue().toOptions());
    }
    return options;
  }
}
