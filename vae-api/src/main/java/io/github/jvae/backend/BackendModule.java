package io.github.jvae.backend;

import io.github.jvae.plugin.Plugin;
import java.util.Optional;

/**
 * The Guice module of a backend, found by {@link java.util.ServiceLoader} under this class' name.
 *
 * <p>{@link #configure} binds {@link Backend}, unscoped: each injector makes the backend of one
 * model from the bound {@link BackendOptions}. Native priors and likelihoods are contributed as a
 * {@link Plugin}'s are, with {@link #nativePrior} and {@link #nativeLikelihood}; they take the
 * place of the portable ones of the same name.
 *
 * <p>Making a module is cheap and loads no native code.
 */
public abstract class BackendModule extends Plugin {

  /** The name users choose it by, such as {@code tensorflow}. */
  public abstract String name();

  /** One line for listings: the engine and what it is good for. */
  public abstract String description();

  /**
   * Returns whether what it computes with is there: a backend's jar brings its engine along, but
   * for one whose engine is added by whoever wants it, and which counts as absent until then.
   */
  public boolean isPresent() {
    return true;
  }

  /**
   * Returns whether it trains, as backends do. One that only uses models is not taken unasked where
   * another is there.
   */
  public boolean canTrain() {
    return true;
  }

  /**
   * Why this backend cannot run here, and how to mend it, in one sentence; empty if it can. Looks
   * at the platform and the classpath but loads no native code.
   */
  public abstract Optional<String> unavailable();
}
