package io.github.jvae.plugin;

import com.google.inject.Key;
import com.google.inject.name.Names;
import com.google.inject.util.Types;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Objective;
import io.github.jvae.model.PosteriorFamily;
import io.github.jvae.model.Prior;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of component that can be named in a configuration. All kinds are listed here, and nowhere
 * else: configurations, the catalogue, listings and command lines go by {@link #all}.
 *
 * @param <C> what a component of this kind is
 */
public final class Kind<C> {
  private static final List<Kind<?>> KINDS = new ArrayList<>();

  /** {@code p(x|z)}. */
  public static final Kind<Likelihood> LIKELIHOOD =
      define("likelihood", "likelihoods", Likelihood.class);

  /** What the encoder's numbers stand for: the family of {@code q(z|x)}. */
  public static final Kind<PosteriorFamily> POSTERIOR =
      define("posterior", "posteriors", PosteriorFamily.class);

  /** The networks of encoder and decoder. */
  public static final Kind<Architecture> ARCHITECTURE =
      define("architecture", "architectures", Architecture.class);

  /** {@code q(z|x)}. */
  public static final Kind<Encoder> ENCODER = define("encoder", "encoders", Encoder.class);

  /** What makes the numbers that the likelihood reads. */
  public static final Kind<Decoder> DECODER = define("decoder", "decoders", Decoder.class);

  /** {@code p(z)}. */
  public static final Kind<Prior> PRIOR = define("prior", "priors", Prior.class);

  /** How the parts make a model. */
  public static final Kind<LatentModel> MODEL = define("model", "models", LatentModel.class);

  /** What training minimises. */
  public static final Kind<Objective> OBJECTIVE =
      define("objective", "objectives", Objective.class);

  private final String name;
  private final String plural;
  private final Class<C> type;

  private Kind(String name, String plural, Class<C> type) {
    this.name = name;
    this.plural = plural;
    this.type = type;
  }

  private static <C> Kind<C> define(String name, String plural, Class<C> type) {
    Kind<C> kind = new Kind<>(name, plural, type);
    KINDS.add(kind);
    return kind;
  }

  /** Returns every kind, each after those that its components may be made of. */
  public static List<Kind<?>> all() {
    return List.copyOf(KINDS);
  }

  /** Returns the name in configurations and messages, such as {@code prior}. */
  public String name() {
    return name;
  }

  /** Returns the name of several, such as {@code priors}. */
  public String plural() {
    return plural;
  }

  /** Returns what a component of this kind is. */
  Class<C> type() {
    return type;
  }

  /** Returns the key of all that is contributed, by name; several where jars claim one name. */
  Key<Map<String, Set<Contribution<C>>>> contributions() {
    return key(
        Types.mapOf(String.class, Types.setOf(contribution().getTypeLiteral().getType())));
  }

  /** Returns the key of one contribution. */
  Key<Contribution<C>> contribution() {
    return key(Types.newParameterizedType(Contribution.class, type));
  }

  /** Returns the key of what a backend has in place of the portable component of a name. */
  Key<ComponentFactory<C>> override(String component) {
    Key<ComponentFactory<C>> factory =
        key(Types.newParameterizedType(ComponentFactory.class, type));
    return factory.withAnnotation(Names.named(component));
  }

  /** Returns the key of the same, where a backend may have nothing. */
  Key<Optional<ComponentFactory<C>>> optionalOverride(String component) {
    Key<ComponentFactory<C>> override = override(component);
    return cast(override.ofType(
        Types.newParameterizedType(Optional.class, override.getTypeLiteral().getType())));
  }

  private static <T> Key<T> key(Type type) {
    return cast(Key.get(type));
  }

  @SuppressWarnings("unchecked") // The type was made of T's parts just before.
  private static <T> Key<T> cast(Key<?> key) {
    return (Key<T>) key;
  }

  @Override
  public String toString() {
    return name;
  }
}
