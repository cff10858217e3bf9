package io.github.jvae.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.inject.Inject;
import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Prior;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All named components that the jars on the classpath offer. */
public final class Catalogue {
  private final Collection<Contribution<Prior>> priors;
  private final Collection<Contribution<Likelihood>> likelihoods;
  private final Collection<Contribution<Objective>> objectives;
  private final Collection<Contribution<ArchitectureTemplate>> architectures;

  @Inject
  Catalogue(
      Map<String, Contribution<Prior>> priors,
      Map<String, Contribution<Likelihood>> likelihoods,
      Map<String, Contribution<Objective>> objectives,
      Map<String, Contribution<ArchitectureTemplate>> architectures) {
    this.priors = priors.values();
    this.likelihoods = likelihoods.values();
    this.objectives = objectives.values();
    this.architectures = architectures.values();
  }

  /**
   * A prior, the backend's own if it has one.
   *
   * @throws VaeException if the name is unknown, or an option is unknown or out of range
   */
  public Prior prior(String name, Map<String, JsonNode> options) {
    return create("prior", priors, name, options, true);
  }

  /**
   * A likelihood, the backend's own if it has one.
   *
   * @throws VaeException if the name is unknown, or an option is unknown or out of range
   */
  public Likelihood likelihood(String name, Map<String, JsonNode> options) {
    return create("likelihood", likelihoods, name, options, true);
  }

  /** A prior written over portable tensors, also where the backend has its own. */
  public Prior portablePrior(String name, Map<String, JsonNode> options) {
    return create("prior", priors, name, options, false);
  }

  /** A likelihood written over portable tensors, also where the backend has its own. */
  public Likelihood portableLikelihood(String name, Map<String, JsonNode> options) {
    return create("likelihood", likelihoods, name, options, false);
  }

  /**
   * An objective.
   *
   * @throws VaeException if the name is unknown, or an option is unknown or out of range
   */
  public Objective objective(String name, Map<String, JsonNode> options) {
    return create("objective", objectives, name, options, true);
  }

  /**
   * An architecture.
   *
   * @throws VaeException if the name is unknown, or an option is unknown or out of range
   */
  public ArchitectureTemplate architecture(String name, Map<String, JsonNode> options) {
    return create("architecture", architectures, name, options, true);
  }

  /** What can be named. */
  public enum Kind {
    /** {@link Prior}. */
    PRIOR,
    /** {@link Likelihood}. */
    LIKELIHOOD,
    /** {@link Objective}. */
    OBJECTIVE,
    /** {@link ArchitectureTemplate}. */
    ARCHITECTURE
  }

  /**
   * The options of a component, those that are not given at their defaults: what is saved with a
   * model, so that a default may change later.
   *
   * @throws VaeException if the name is unknown, or an option is unknown or out of range
   */
  public SortedMap<String, JsonNode> allOptions(
      Kind kind, String name, Map<String, JsonNode> options) {
    return switch (kind) {
      case PRIOR -> make("prior", priors, name, options, true).options();
      case LIKELIHOOD -> make("likelihood", likelihoods, name, options, true).options();
      case OBJECTIVE -> make("objective", objectives, name, options, true).options();
      case ARCHITECTURE ->
        make("architecture", architectures, name, options, true).options();
    };
  }

  /** The names of the priors, each with the jar it comes from. */
  public SortedMap<String, String> priors() {
    return origins(priors);
  }

  /** The names of the likelihoods, each with the jar it comes from. */
  public SortedMap<String, String> likelihoods() {
    return origins(likelihoods);
  }

  /** The names of the objectives, each with the jar it comes from. */
  public SortedMap<String, String> objectives() {
    return origins(objectives);
  }

  /** The names of the architectures, each with the jar it comes from. */
  public SortedMap<String, String> architectures() {
    return origins(architectures);
  }

  private static <C> SortedMap<String, String> origins(Collection<Contribution<C>> offers) {
    SortedMap<String, String> result = new TreeMap<>();
    offers.stream()
        .filter(offer -> !offer.isNative())
        .forEach(offer -> result.merge(offer.name(), offer.origin(), (a, b) -> a + " and " + b));
    return result;
  }

  /** A component with all its options. */
  private record Made<C>(C component, SortedMap<String, JsonNode> options) {}

  private static <C> C create(
      String kind,
      Collection<Contribution<C>> offers,
      String name,
      Map<String, JsonNode> values,
      boolean preferNative) {
    return make(kind, offers, name, values, preferNative).component();
  }

  private static <C> Made<C> make(
      String kind,
      Collection<Contribution<C>> offers,
      String name,
      Map<String, JsonNode> values,
      boolean preferNative) {
    Contribution<C> offer = find(kind, offers, name, preferNative);
    ComponentOptions options = new ComponentOptions(kind + " " + name, values);
    C component = offer.factory().create(options);
    options.requireAllRead();
    return new Made<>(component, options.effective());
  }

  private static <C> Contribution<C> find(
      String kind, Collection<Contribution<C>> offers, String name, boolean preferNative) {
    List<Contribution<C>> named =
        offers.stream().filter(o -> o.name().equals(name)).toList();
    for (boolean isNative : preferNative ? new boolean[] {true, false} : new boolean[] {false}) {
      List<Contribution<C>> found =
          named.stream().filter(o -> o.isNative() == isNative).toList();
      if (found.size() > 1) {
        throw new VaeException("several jars offer a " + kind + " named " + name + ": "
            + found.stream().map(Contribution::origin).sorted().collect(Collectors.joining(", "))
            + "; remove one from the classpath");
      }
      if (found.size() == 1) {
        return found.get(0);
      }
    }
    String known = origins(offers).entrySet().stream()
        .map(e -> e.getKey() + " (" + e.getValue() + ")")
        .collect(Collectors.joining(", "));
    throw new VaeException("unknown " + kind + " " + Quote.of(name) + "; known: " + known
        + "; a plugin jar on the classpath can add one");
  }
}
