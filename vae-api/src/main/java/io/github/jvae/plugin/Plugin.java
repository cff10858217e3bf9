package io.github.jvae.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.util.Providers;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Prior;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.internal.DeclaredOptions;
import java.util.List;
import java.util.Optional;

/**
 * A Guice module that contributes named components. A jar that lists its subclass for
 * {@link java.util.ServiceLoader} under this class' name is found without any other change:
 * {@code --likelihood my-likelihood} then works.
 *
 * <pre>{@code
 * public final class LogisticPlugin extends Plugin {
 *   private static final OptionDescription<Double> SCALE =
 *       OptionDescription.of("scale", OptionType.number(Range.above(0)), 0.1, "The width of a pixel.");
 *
 *   @Override
 *   protected void configure() {
 *     likelihood("logistic", (options, context) -> new Logistic(SCALE.in(options)), SCALE);
 *   }
 * }
 * }</pre>
 *
 * <p>A factory can be given as it is, or as a class, which Guice then makes with whatever it
 * injects. All options are declared here, beside the factory that reads them.
 */
public abstract class Plugin extends AbstractModule {

  /** Returns the jar this comes from, for listings and messages. */
  public final String origin() {
    return Contribution.origin(getClass());
  }

  /**
   * Returns the lowest version of jvae that this works with, such as {@code 0.2.0}: an older one
   * refuses it and says so. Nothing, which is the default, for any.
   */
  public Optional<String> neededVersion() {
    return Optional.empty();
  }

  /** Contributes a prior, portable over all backends. */
  protected final void prior(
      String name, ComponentFactory<? extends Prior> factory, OptionDescription<?>... options) {
    contribute(Kind.PRIOR, name, factory, options);
  }

  /** Contributes a likelihood, portable over all backends. */
  protected final void likelihood(
      String name,
      ComponentFactory<? extends Likelihood> factory,
      OptionDescription<?>... options) {
    contribute(Kind.LIKELIHOOD, name, factory, options);
  }

  /** Contributes an objective, portable over all backends. */
  protected final void objective(
      String name, ComponentFactory<? extends Objective> factory, OptionDescription<?>... options) {
    contribute(Kind.OBJECTIVE, name, factory, options);
  }

  /** Contributes an architecture, portable over all backends. */
  protected final void architecture(
      String name,
      ComponentFactory<? extends Architecture> factory,
      OptionDescription<?>... options) {
    contribute(Kind.ARCHITECTURE, name, factory, options);
  }

  /**
   * Contributes a component of any kind, portable over all backends.
   *
   * @throws IllegalArgumentException if an option is declared twice
   */
  protected final <C> void contribute(
      Kind<C> kind,
      String name,
      ComponentFactory<? extends C> factory,
      OptionDescription<?>... options) {
    contribute(kind, name, Providers.of(factory), options);
  }

  /**
   * Contributes a component of any kind whose factory Guice makes and injects.
   *
   * @throws IllegalArgumentException if an option is declared twice
   */
  protected final <C> void contribute(
      Kind<C> kind,
      String name,
      Class<? extends ComponentFactory<? extends C>> factory,
      OptionDescription<?>... options) {
    contribute(kind, name, getProvider(factory), options);
  }

  private <C> void contribute(
      Kind<C> kind,
      String name,
      Provider<? extends ComponentFactory<? extends C>> factory,
      OptionDescription<?>... options) {
    Key<ComponentFactory<C>> override = kind.override(name);
    OptionalBinder.newOptionalBinder(binder(), override);
    // Two jars may claim one name: the catalogue then names both, and serves the other names.
    MapBinder.newMapBinder(
            binder(), TypeLiteral.get(String.class), kind.contribution().getTypeLiteral())
        .permitDuplicates()
        .addBinding(name)
        .toInstance(new Contribution<>(
            new DeclaredOptions(kind + " " + name, List.of(options)),
            factory,
            getProvider(kind.optionalOverride(name)),
            origin()));
  }

  /** Contributes a prior in a backend's own operations, in place of the portable one. */
  protected final void nativePrior(String name, ComponentFactory<? extends Prior> factory) {
    nativeComponent(Kind.PRIOR, name, factory);
  }

  /** Contributes a likelihood in a backend's own operations, in place of the portable one. */
  protected final void nativeLikelihood(
      String name, ComponentFactory<? extends Likelihood> factory) {
    nativeComponent(Kind.LIKELIHOOD, name, factory);
  }

  /**
   * Contributes a component of any kind in a backend's own operations, in place of the portable one
   * of the same name, whose options it is given.
   */
  protected final <C> void nativeComponent(
      Kind<C> kind, String name, ComponentFactory<? extends C> factory) {
    OptionalBinder.newOptionalBinder(binder(), kind.override(name))
        .setBinding()
        .toInstance(factory::create);
  }
}
