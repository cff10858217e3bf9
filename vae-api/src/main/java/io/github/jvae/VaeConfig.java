package io.github.jvae;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Likelihood;
import io.github.jvae.objective.Elbo;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;

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
 * <p>Nothing here names an engine: the same configuration runs on each.
 *
 * @param input one image: channels, height, width
 * @param latent the extent of the latent vector
 * @param components one of each kind that the model has
 */
public record VaeConfig(List<Integer> input, int latent, Map<Kind<?>, ComponentConfig> components) {
  private static final String INPUT = "input";
  private static final String LATENT = "latent";

  public VaeConfig {
    input = List.copyOf(input);
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
        Map.of(
            Kind.ARCHITECTURE, ComponentConfig.of(CorePlugin.MLP),
            Kind.LIKELIHOOD, ComponentConfig.of(Bernoulli.NAME),
            Kind.PRIOR, ComponentConfig.of(StandardNormal.NAME),
            Kind.OBJECTIVE, ComponentConfig.of(Elbo.NAME)));
  }

  /** Returns the same for other images, [channels, height, width]. */
  public VaeConfig withInput(List<Integer> extents) {
    return new VaeConfig(extents, latent, components);
  }

  /** Returns the same with a latent vector of another extent. */
  public VaeConfig withLatent(int extent) {
    return new VaeConfig(input, extent, components);
  }

  /** Returns the same with another component of a kind. */
  public VaeConfig with(Kind<?> kind, ComponentConfig component) {
    Map<Kind<?>, ComponentConfig> others = new LinkedHashMap<>(components);
    others.put(kind, component);
    return new VaeConfig(input, latent, others);
  }

  /**
   * Returns the component of a kind.
   *
   * @throws VaeException if the model has none
   */
  public ComponentConfig component(Kind<?> kind) {
    ComponentConfig component = components.get(kind);
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
    if (input.size() != 3 || input.stream().anyMatch(extent -> extent < 1)) {
      faults.add(
          "input must be [channels, height, width], each at least 1, not " + Quote.bare(input));
    }
    if (latent < 1) {
      faults.add("latent must be at least 1, not " + latent);
    }
    boolean sized = faults.isEmpty();
    Set<Kind<?>> sound = new HashSet<>();
    for (Kind<?> kind : components.keySet()) {
      // Without sizes no component can be made, but its options can be judged.
      if (holds(faults, () -> sized ? create(catalogue, kind) : complete(catalogue, kind))) {
        sound.add(kind);
      }
    }
    if (sized && sound.containsAll(Set.of(Kind.ARCHITECTURE, Kind.LIKELIHOOD))) {
      holds(faults, () -> networks(catalogue, create(catalogue, Kind.LIKELIHOOD)));
    }
    return faults;
  }

  private static boolean holds(List<String> faults, Supplier<?> part) {
    try {
      part.get();
      return true;
    } catch (VaeException e) {
      faults.add(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private ComponentConfig complete(Catalogue catalogue, Kind<?> kind) {
    return component(kind).complete(catalogue, kind);
  }

  /**
   * Returns a new component of a kind.
   *
   * @throws VaeException if it is unknown, or its options or the sizes do not fit it
   */
  <C> C create(Catalogue catalogue, Kind<C> kind) {
    ComponentConfig component = component(kind);
    return catalogue.create(kind, component.type(), component.options(), context());
  }

  private ModelContext context() {
    return ModelContext.of(shape(), latent);
  }

  /**
   * Returns the networks for a likelihood.
   *
   * @throws VaeException if the sizes do not fit
   */
  Architecture networks(Catalogue catalogue, Likelihood likelihood) {
    return create(catalogue, Kind.ARCHITECTURE)
        .build(shape(), latent, ModelParts.outputsPerChannel(likelihood, shape()));
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

  /** Returns the shape of one image, [channels, height, width]. */
  public Shape shape() {
    return Shape.of(input.stream().mapToInt(Integer::intValue).toArray());
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
    config = read(faults, options, INPUT, config, (c, given) -> c.withInput(extents(given)));
    if (!options.has(INPUT)) {
      faults.add("input is missing; write [channels, height, width]");
    }
    config =
        read(faults, options, LATENT, config, (c, given) -> c.withLatent(extent(LATENT, given)));
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
    SortedSet<String> keys = new TreeSet<>(Set.of(INPUT, LATENT));
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

  private static List<Integer> extents(OptionValue value) {
    if (!(value instanceof OptionValue.Items items)) {
      throw new ConfigurationException(
          "input must be [channels, height, width], not " + Quote.bare(value));
    }
    return items.values().stream().map(item -> extent(INPUT, item)).toList();
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
    for (Map.Entry<Kind<?>, ComponentConfig> component : components.entrySet()) {
      options = options.with(component.getKey().name(), component.getValue().toOptions());
      options = component.getKey() == Kind.ARCHITECTURE ? options.with(LATENT, latent) : options;
    }
    return options;
  }
}
