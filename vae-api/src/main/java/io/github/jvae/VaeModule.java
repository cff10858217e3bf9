package io.github.jvae;

import com.google.inject.AbstractModule;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Backends;
import io.github.jvae.plugin.internal.CheckedPlugin;
import java.util.Optional;

/**
 * The wiring of one model: its configuration, the backend, and every component that comes with jvae
 * or with a plugin jar on the classpath.
 *
 * <p>{@link Vae#builder} uses it; so can a program that has an injector of its own:
 * {@code Guice.createInjector(new VaeModule(config)).getInstance(Vae.class)}. Each {@link Vae} an
 * injector hands out is a new model with a backend of its own, to be closed by who asked for it.
 */
public final class VaeModule extends AbstractModule {
  private final VaeConfig config;
  private final BackendModule backend;
  private final BackendOptions options;
  private final FirstWeights firstWeights;

  /** The only backend on the classpath (or the one {@code -Dvae.backend} names), seed 1. */
  public VaeModule(VaeConfig config) {
    this(config, Backends.choose(null), BackendOptions.defaults(), 1);
  }

  /**
   * @param config the model
   * @param backend the module of the engine
   * @param options what the engine is told
   * @param seed of the first weights
   */
  public VaeModule(VaeConfig config, BackendModule backend, BackendOptions options, long seed) {
    this(
        config,
        backend,
        options,
        new FirstWeights.Seeded(seed, Optional.empty(), Optional.empty()));
  }

  VaeModule(
      VaeConfig config, BackendModule backend, BackendOptions options, FirstWeights firstWeights) {
    this.config = config;
    this.backend = backend;
    this.options = options;
    this.firstWeights = firstWeights;
  }

  @Override
  protected void configure() {
    install(new CheckedPlugin(backend));
    install(new CatalogueModule());
    bind(BackendOptions.class).toInstance(options);
    bind(VaeConfig.class).toInstance(config);
    bind(FirstWeights.class).toInstance(firstWeights);
  }

  /** The components that come with jvae or with a plugin jar, without a backend. */
  static final class CatalogueModule extends AbstractModule {
    @Override
    protected void configure() {
      install(new CorePlugin());
      CheckedPlugin.onClasspath().forEach(this::install);
    }
  }
}
