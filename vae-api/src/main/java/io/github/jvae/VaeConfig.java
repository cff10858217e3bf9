package io.github.jvae;

import io.github.jvae.architecture.ArchitecturesPlugin;
import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.data.Condition;
import io.github.jvae.data.Covariates;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Labels;
import io.github.jvae.data.Standardization;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
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
import java.util.Arrays;
import java.util.Collection;
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
 * of each example has {@code "conditions": {"label": [3]}} and, where they are known, the names of
 * its classes, {@code "condition_classes": {"label": ["cat", "dog", "owl"]}}. Other parts than the
 * usual have {@code posterior}, {@code encoder}, {@code decoder} and {@code model}.
 *
 * @param input one example; for images channels, height, width
 * @param latent the extent of the latent vector
 * @param columns what each element of an example is, where each has a name; empty otherwise
 * @param conditions the extents of what is known of each example beside, by name
 * @param conditionClasses the names of the classes of conditions that are classes with names; an
 *     empty list for one of measured numbers. Of others nothing is known but their extents
 * @param components those that are named, one of a kind
 */
public record VaeConfig(
    List<Integer> input,
    int latent,
    Optional<Columns> columns,
    SortedMap<String, List<Integer>> conditions,
    SortedMap<String, List<String>> conditionClasses,
    Map<Kind<?>, ComponentConfig> components) {
  private static final String INPUT = "input";
  private static final String LATENT = "latent";
  private static final String COLUMNS = "columns";
  private static final String CONDITIONS = "conditions";
  private static final String CONDITION_CLASSES = "condition_classes";
  private static final int SERIES_RANK = 2;

  /** What a model has of the kinds that it need not name. */
  private static final Map<Kind<?>, ComponentConfig> USUAL = Map.of(
      Kind.POSTERIOR, ComponentConfig.of(DiagonalGaussianFamily.NAME),
      Kind.ENCODER, ComponentConfig.of(CorePlugin.NETWORK),
      Kind.DECODER, ComponentConfig.of(CorePlugin.NETWORK),
      Kind.MODEL, ComponentConfig.of(CorePlugin.STANDARD));

  /** Keeps copies. */
  public VaeConfig {
    input = List.copyOf(input);
    conditions = copy(conditions);
    conditionClasses = copy(conditionClasses);
    Map<Kind<?>, ComponentConfig> ordered = new LinkedHashMap<>();
    for (Kind<?> kind : Kind.all()) {
      ComponentConfig component = components.get(kind);
      if (component != null) {
        ordered.put(kind, component);
      }
    }
    components = Collections.unmodifiableMap(ordered);
  }

  private static <T> SortedMap<String, List<T>> copy(Map<String, List<T>> lists) {
    SortedMap<String, List<T>> kept = new TreeMap<>();
    lists.forEach((name, list) -> kept.put(name, List.copyOf(list)));
    return Collections.unmodifiableSortedMap(kept);
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
        new TreeMap<>(),
        Map.of(
            Kind.ARCHITECTURE, ComponentConfig.of(ArchitecturesPlugin.MLP),
            Kind.LIKELIHOOD, ComponentConfig.of(Bernoulli.NAME),
            Kind.PRIOR, ComponentConfig.of(StandardNormal.NAME),
            Kind.OBJECTIVE, ComponentConfig.of(Elbo.NAME)));
  }

  /** Returns the same for other images, [channels, height, width]. */
  public VaeConfig withInput(List<Integer> extents) {
    return new VaeConfig(extents, latent, columns, conditions, conditionClasses, components);
  }

  /** Returns the same with a latent vector of another extent. */
  public VaeConfig withLatent(int extent) {
    return new VaeConfig(input, extent, columns, conditions, conditionClasses, components);
  }

  /** Returns the same for examples of which each element is a column, one after the other. */
  public VaeConfig withColumns(Columns known) {
    return withColumns(List.of(known.size()), known);
  }

  private VaeConfig withColumns(List<Integer> extents, Columns known) {
    return new VaeConfig(
        extents, latent, Optional.of(known), conditions, conditionClasses, components);
  }

  /** Returns the same for a model that is told other things of each example, by their extents. */
  public VaeConfig withConditions(Map<String, List<Integer>> extents) {
    SortedMap<String, List<String>> classes = new TreeMap<>(conditionClasses);
    classes.keySet().retainAll(extents.keySet());
    return new VaeConfig(input, latent, columns, new TreeMap<>(extents), classes, components);
  }

  /**
   * Returns the same with names of the classes of conditions, an empty list for measured numbers.
   */
  public VaeConfig withConditionClasses(Map<String, List<String>> names) {
    return new VaeConfig(input, latent, columns, conditions, new TreeMap<>(names), components);
  }

  /** Returns the same for a model that is told these of each example, as the examples have them. */
  public VaeConfig withConditions(Collection<Condition> told) {
    Map<String, List<Integer>> extents = new TreeMap<>();
    Map<String, List<String>> classes = new TreeMap<>();
    for (Condition condition : told) {
      extents.put(
          condition.name(), Arrays.stream(condition.shape().toArray()).boxed().toList());
      List<String> names = condition instanceof Labels labels ? labels.classNames() : List.of();
      if (!names.isEmpty() || condition instanceof Covariates) {
        classes.put(condition.name(), names);
      }
    }
    return withConditions(extents).withConditionClasses(classes);
  }

  /** Returns the same with another component of a kind. */
  public VaeConfig with(Kind<?> kind, ComponentConfig component) {
    Map<Kind<?>, ComponentConfig> others = new LinkedHashMap<>(components);
    others.put(kind, component);
    return new VaeConfig(input, latent, columns, conditions, conditionClasses, others);
  }

  /**
   * Checks that the classes of examples are those that the model knows, in their order.
   *
   * @throws VaeException if they are not, or a condition is missing
   */
  public void requireClasses(Examples data) {
    conditionClasses.forEach((name, classes) -> {
      List<String> there =
          data.condition(name) instanceof Labels labels ? labels.classNames() : List.of();
      if (!classes.isEmpty() && !there.isEmpty() && !there.equals(classes)) {
        throw new DataException("condition " + Quote.of(name) + " of data set "
            + Quote.of(data.name()) + " has the classes " + Quote.list(there)
            + ", but the model knows " + Quote.list(classes)
            + "; give it data with the same classes in the same order");
      }
    });
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
    conditionClasses.forEach((name, classes) -> {
      if (!conditions.containsKey(name)) {
        faults.add("condition_classes names " + Quote.of(name) + ", which is no condition");
      } else if (!classes.isEmpty() && !conditions.get(name).equals(List.of(classes.size()))) {
        faults.add("condition_classes has " + classes.size() + " classes of " + Quote.of(name)
            + ", but conditions has " + Quote.bare(conditions.get(name)));
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
   * Returns how measured numbers are standardized before this model sees them: those columns of a
   * table in which its likelihood takes any number, and each channel of series [channels, length]
   * of which it does; by their moments in a training part, as far as they were observed. Nothing is
   * done to other columns, nor to other examples.
   *
   * @param train is read once, if there is such a column
   * @throws VaeException if the likelihood cannot be made
   */
  public Transforms standardization(Catalogue catalogue, Examples train) {
    if (columns.isEmpty() && train.shape().rank() != SERIES_RANK) {
      return Transforms.none();
    }
    ComponentConfig component = likelihood();
    Likelihood likelihood =
        catalogue.create(Kind.LIKELIHOOD, component.type(), component.options(), context());
    if (columns.isEmpty()) {
      boolean measured = train.elements() == ElementKind.FLOATS
          && IntStream.range(0, shape().size()).allMatch(likelihood::takesAnyNumber);
      return measured ? Transforms.of(Standardization.perChannel(train)) : Transforms.none();
    }
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

  /**
   * Returns this configuration of a saved model as {@link #complete} does, except that what it
   * lacks because components have options since that they had not then is as it was then.
   *
   * @throws VaeException if a component or an option is unknown or out of range
   */
  VaeConfig completeSaved(Catalogue catalogue) {
    VaeConfig saved = this;
    for (Kind<?> kind : components.keySet()) {
      saved = saved.with(kind, component(kind).saved(catalogue, kind));
    }
    return saved.complete(catalogue);
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
        (c, given) -> c.withColumns(c.input(), Columns.of(given)));
    config = read(
        faults, options, CONDITIONS, config, (c, given) -> c.withConditions(conditions(given)));
    config = read(
        faults,
        options,
        CONDITION_CLASSES,
        config,
        (c, given) -> c.withConditionClasses(conditionClasses(given)));
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
    SortedSet<String> keys =
        new TreeSet<>(Set.of(INPUT, LATENT, COLUMNS, CONDITIONS, CONDITION_CLASSES));
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

  private static Map<String, List<String>> conditionClasses(OptionValue value) {
    if (!(value instanceof Options named)) {
      throw new ConfigurationException("condition_classes must be an object such as {\"label\":"
          + " [\"cat\", \"dog\"]}, not " + Quote.bare(value));
    }
    Map<String, List<String>> classes = new TreeMap<>();
    named.values().forEach((name, names) -> classes.put(name, texts(name, names)));
    return classes;
  }

  private static List<String> texts(String condition, OptionValue value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof OptionValue.Items items) {
      for (OptionValue item : items.values()) {
        if (item instanceof OptionValue.Text text) {
          texts.add(text.value());
        }
      }
      if (texts.size() == items.values().size()) {
        return texts;
      }
    }
    throw new ConfigurationException("condition_classes: " + condition
        + " must be a list of names of classes, not " + Quote.bare(value));
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
    if (!conditionClasses.isEmpty()) {
      Options named = Options.none();
      for (Map.Entry<String, List<String>> classes : conditionClasses.entrySet()) {
        List<OptionValue> names = new ArrayList<>();
        classes.getValue().forEach(name -> names.add(OptionValue.of(name)));
        named = named.with(classes.getKey(), new OptionValue.Items(names));
      }
      options = options.with(CONDITION_CLASSES, named);
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
