package io.github.jvae.plugin;

import com.google.inject.Binding;
import com.google.inject.Inject;
import com.google.inject.Injector;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All named components that the jars on the classpath offer. */
public final class Catalogue {
  private final Injector injector;

  @Inject
  Catalogue(Injector injector) {
    this.injector = injector;
  }

  /**
   * Returns a new component, the backend's own if it has one.
   *
   * @param options what the configuration says beside the name
   * @param context what is known of the model
   * @throws VaeException if the name is unknown, or an option is unknown, missing, of the wrong
   *     type or out of range
   */
  public <C> C create(Kind<C> kind, String name, Options options, ModelContext context) {
    Contribution<C> offer = find(kind, name);
    return made(kind, name, offer, offer.preferred(), options, context);
  }

  /**
   * Returns a new component written over portable tensors, also where the backend has its own.
   *
   * @throws VaeException as {@link #create} does
   */
  public <C> C createPortable(Kind<C> kind, String name, Options options, ModelContext context) {
    Contribution<C> offer = find(kind, name);
    return made(kind, name, offer, offer.portable().get(), options, context);
  }

  private static <C> C made(
      Kind<C> kind,
      String name,
      Contribution<C> offer,
      ComponentFactory<? extends C> factory,
      Options options,
      ModelContext context) {
    Options complete = offer.options().complete(options);
    try {
      return factory.create(complete, context);
    } catch (LinkageError e) {
      throw JvaeVersion.mismatch(kind + " " + name + " of " + offer.origin(), e);
    }
  }

  /**
   * Returns the options of a component, those that are not given at their defaults: what is saved
   * with a model, so that a default may change later.
   *
   * @throws VaeException if the name is unknown, or an option is unknown, missing, of the wrong
   *     type or out of range
   */
  public Options complete(Kind<?> kind, String name, Options options) {
    return find(kind, name).options().complete(options);
  }

  /**
   * Returns what a component can be told.
   *
   * @throws VaeException if the name is unknown
   */
  public List<OptionDescription<?>> options(Kind<?> kind, String name) {
    return find(kind, name).options().descriptions();
  }

  /** Returns whether exactly one jar offers a component of a name. */
  public boolean isUnambiguous(Kind<?> kind, String name) {
    return claims(kind, name).size() == 1;
  }

  /** Returns the names of all components of a kind, each with the jar it comes from. */
  public SortedMap<String, String> origins(Kind<?> kind) {
    SortedMap<String, String> origins = new TreeMap<>();
    offers(kind)
        .forEach((name, claims) -> origins.put(
            name,
            claims.stream()
                .map(Contribution::origin)
                .sorted()
                .collect(Collectors.joining(" and "))));
    return origins;
  }

  private <C> Map<String, Set<Contribution<C>>> offers(Kind<C> kind) {
    Binding<Map<String, Set<Contribution<C>>>> binding =
        injector.getExistingBinding(kind.contributions());
    return binding == null ? Map.of() : binding.getProvider().get();
  }

  private <C> Set<Contribution<C>> claims(Kind<C> kind, String name) {
    return offers(kind).getOrDefault(name, Set.of());
  }

  private <C> Contribution<C> find(Kind<C> kind, String name) {
    Set<Contribution<C>> claims = claims(kind, name);
    if (claims.size() > 1) {
      throw new ConfigurationException("several jars offer a " + kind + " named " + name + ": "
          + claims.stream().map(Contribution::origin).sorted().collect(Collectors.joining(", "))
          + "; remove one from the classpath");
    }
    if (claims.isEmpty()) {
      String known = origins(kind).entrySet().stream()
          .map(e -> e.getKey() + " (" + e.getValue() + ")")
          .collect(Collectors.joining(", "));
      throw new ConfigurationException("unknown " + kind + " " + Quote.of(name) + "; known: "
          + known + "; a plugin jar on the classpath can add one");
    }
    return claims.iterator().next();
  }
}
