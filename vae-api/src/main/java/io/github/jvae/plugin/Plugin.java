package io.github.jvae.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Prior;

/**
 * A Guice module that contributes named components. A jar that lists its subclass for
 * {@link java.util.ServiceLoader} under this class' name is found without any other change:
 * {@code --likelihood my-likelihood} then works.
 *
 * <pre>{@code
 * public final class LaplacePlugin extends Plugin {
 *   @Override
 *   protected void configure() {
 *     likelihood("laplace", options -> new Laplace(options.number("scale", 0.1)));
 *   }
 * }
 * }</pre>
 */
public abstract class Plugin extends AbstractModule {

  /** The jar this comes from, for listings and messages. */
  public final String origin() {
    return Contribution.origin(getClass());
  }

  /** Contributes a prior, portable over all backends. */
  protected final void prior(String name, ComponentFactory<? extends Prior> factory) {
    contribute(Contribution.PRIORS, name, factory::create, false);
  }

  /** Contributes a likelihood, portable over all backends. */
  protected final void likelihood(String name, ComponentFactory<? extends Likelihood> factory) {
    contribute(Contribution.LIKELIHOODS, name, factory::create, false);
  }

  /** Contributes an objective, portable over all backends. */
  protected final void objective(String name, ComponentFactory<? extends Objective> factory) {
    contribute(Contribution.OBJECTIVES, name, factory::create, false);
  }

  /** Contributes an architecture, portable over all backends. */
  protected final void architecture(
      String name, ComponentFactory<? extends ArchitectureTemplate> factory) {
    contribute(Contribution.ARCHITECTURES, name, factory::create, false);
  }

  /** Contributes a prior in a backend's own operations, in place of the portable one. */
  protected final void nativePrior(String name, ComponentFactory<? extends Prior> factory) {
    contribute(Contribution.PRIORS, name, factory::create, true);
  }

  /** Contributes a likelihood in a backend's own operations, in place of the portable one. */
  protected final void nativeLikelihood(
      String name, ComponentFactory<? extends Likelihood> factory) {
    contribute(Contribution.LIKELIHOODS, name, factory::create, true);
  }

  private <C> void contribute(
      TypeLiteral<Contribution<C>> kind,
      String name,
      ComponentFactory<C> factory,
      boolean isNative) {
    // A kind without any component is an empty map, not one that cannot be injected.
    declare(Contribution.PRIORS);
    declare(Contribution.LIKELIHOODS);
    declare(Contribution.OBJECTIVES);
    declare(Contribution.ARCHITECTURES);
    // Keyed by name and origin: two jars may claim one name, and the catalogue then names both.
    MapBinder.newMapBinder(binder(), TypeLiteral.get(String.class), kind)
        .addBinding((isNative ? "native " : "") + name + " from " + getClass().getName())
        .toInstance(new Contribution<>(name, factory, isNative, origin()));
  }

  private <C> void declare(TypeLiteral<Contribution<C>> kind) {
    MapBinder.newMapBinder(binder(), TypeLiteral.get(String.class), kind);
  }
}
